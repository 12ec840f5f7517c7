'use strict';
// Preloaded into every Lambda sandbox: the virtual clock, and a plain JavaScript stand-in for the native module of
// aws-lambda-ric (the same three functions), so that AWS's own runtime client runs unmodified without a compiler.
const { setClock } = require('../clock-shim.cjs');
const http = require('node:http');
const Module = require('node:module');

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
let answered = Promise.resolve();

function call(method, path, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const sized =
      body === undefined
        ? headers
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers };
    const options = { host, port, method, path: `/2018-06-01/runtime${path}`, agent, headers: sized };
    const request = http.request(options, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }),
      );
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

const client = {
  initializeClient() {},
  async next() {
    await answered;
    const { headers, body } = await call('GET', '/invocation/next');
    const { 'local-clock': clock, ...runtimeHeaders } = headers;
    setClock(JSON.parse(clock));
    const deadline = Number(headers['lambda-runtime-deadline-ms']);
    return { bodyJson: body, headers: { ...runtimeHeaders, 'lambda-runtime-deadline-ms': deadline } };
  },
  done(id, body) {
    answered = call('POST', `/invocation/${id}/response`, body);
  },
  error(id, body) {
    const headers = { 'lambda-runtime-function-error-type': 'Unhandled' };
    answered = call('POST', `/invocation/${id}/error`, body, headers);
  },
};

const NATIVE = 'rapid-client.node';
const loadNative = Module._extensions['.node'];
Module._extensions['.node'] = (module, file) => {
  if (file.endsWith(NATIVE)) module.exports = client;
  else loadNative(module, file);
};
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  return request.endsWith(NATIVE) ? `/${NATIVE}` : resolveFilename.call(this, request, ...rest);
};
