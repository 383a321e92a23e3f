/** The inner loop of the search as WebAssembly, in base64: the build makes it. */
declare module "virtual:inner-loop" {
  const base64: string;
  export default base64;
}
