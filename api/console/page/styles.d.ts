/** Styles are imported for the bundle's sake only. */
declare module '*.css';
