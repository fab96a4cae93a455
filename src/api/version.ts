/** The version of this package. */

/** For what every answer says of itself: major, minor and patch. A test holds it to package.json. */
export const version = "0.1.0";
