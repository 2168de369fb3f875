/** Lets the bundler import styles. */
declare module '*.css';
