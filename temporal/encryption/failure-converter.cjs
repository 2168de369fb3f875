/**
 * Failures with their words and stacks in a payload, where the codec seals them. CommonJS, because the SDK
 * loads it by its path, and bundles it into the workflows' sandbox likewise.
 */
const { DefaultFailureConverter } = require('@temporalio/common');

exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
