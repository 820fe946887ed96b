/** The version of this package, as package.json has it; a copy of package.json in the build would double the manifest. */
export const PACKAGE_VERSION = '1.0.0';
