// esbuild bundles it as text.
declare const text: string;
export default text;
