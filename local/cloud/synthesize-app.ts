import { buildApp } from '../../bin/app.ts';

/** Synthesizes the app into the folder given as argument and prints where its first stack lies, as one JSON line. */
const [outdir = 'cdk.out'] = process.argv.slice(2);
const assembly = buildApp({ outdir }).synth();
const [stack] = assembly.stacks;
if (!stack) throw new Error('the app holds no stack');
console.log(JSON.stringify({ assembly: assembly.directory, stackName: stack.stackName }));
