/** Where this package lies: two folders up from here, in the sources, as compiled and as bundled (dist/command). */

const packageFolder = new URL("../../", import.meta.url);

export { packageFolder };
