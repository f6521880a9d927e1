import './fonts.css';
import './base.css';
import './feed.css';
import './article.css';
import './drop.css';
import './health.css';
import { render } from 'preact';
import { App } from './app.tsx';

const root = document.getElementById('app');
if (root === null) throw new Error('the page has no #app');
root.textContent = '';
render(<App />, root);
