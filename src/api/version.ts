/** The version of this package, for what every answer says of itself. A test holds it to package.json. */

export const version = "0.1.0";
