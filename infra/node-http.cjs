/**
 * Node's http as functions get it. To import it as a module of its own reads every export of it, and so loads all of fetch
 * and WebSocket that hang on it: a sixth of a function's start.
 */
module.exports = process.getBuiltinModule('node:http');
