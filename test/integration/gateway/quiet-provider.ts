// What oidc-provider says as it is loaded and as it starts, of what should be otherwise in production: to be imported
// before it.
const { warn, info } = console;
const isOfProvider = (text: unknown) => String(text).startsWith('oidc-provider ');
console.warn = (text, ...more) => void (isOfProvider(text) || warn(text, ...more));
console.info = (text, ...more) => void (isOfProvider(text) || info(text, ...more));

export {};
