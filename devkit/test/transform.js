// TypeScript for jest: swc, and the language's names close at hand (see globals.js).
const swc = require('@swc/jest');
const { createHash } = require('node:crypto');
const { PRELUDE } = require('./globals');

exports.createTransformer = (options) => {
  const inner = swc.createTransformer(options);
  return {
    ...inner,
    process(source, file, given) {
      const result = inner.process(source, file, given);
      return { ...result, code: `"use strict";${PRELUDE}${result.code}` };
    },
    getCacheKey(...asked) {
      return createHash('sha256')
        .update(inner.getCacheKey(...asked))
        .update(PRELUDE)
        .digest('hex')
        .slice(0, 32);
    },
  };
};
