/** What the bundler adds to imports. */

declare module "*?worker&inline" {
  const Inlined: new () => Worker;
  export default Inlined;
}

declare module "*.css";
