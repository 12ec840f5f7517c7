// esbuild bundles it as text.
// oxlint-disable-next-line import/no-default-export
declare const text: string;
export default text;
