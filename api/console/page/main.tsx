/** Entry point of the console in the browser. */
import { render } from 'preact';
import { App } from './app.js';
import { takeLink } from './link.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/controls.css';
import './styles/threads.css';
import './styles/thread.css';
import './styles/figures.css';

const place = document.getElementById('page');
if (place) {
  place.replaceChildren();
  render(<App link={takeLink()} />, place);
}
