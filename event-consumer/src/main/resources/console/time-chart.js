import {html, LitElement, nothing} from 'lit';
import uPlot from 'uplot';

const HEIGHT = 180;
const HOUR_SECONDS = 3_600;
const MINUTES_SECONDS = 600;
const DARK = window.matchMedia('(prefers-color-scheme: dark)');

/**
 * Lines over the last ten minutes, or bars over hours, in the colours of the page. The legend tells
 * the values where the mouse is.
 *
 * data: [seconds, values, values, …]; series: [{label, colour: a property of the style, bars?}];
 * format: how a value is written; summary: what the chart says, for who does not see it.
 */
class TimeChart extends LitElement {
  static properties = {data: {attribute: false}, series: {attribute: false}, format: {attribute: false}, summary: {}, at: {state: true}};

  constructor() {
    super();
    this.at = null;
    this.repaint = () => {
      this.clear();
      this.requestUpdate();
    };
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    DARK.addEventListener('change', this.repaint);
    this.resizes = new ResizeObserver(() => this.plot?.setSize({width: this.clientWidth, height: HEIGHT}));
    this.resizes.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    DARK.removeEventListener('change', this.repaint);
    this.resizes.disconnect();
    this.clear();
  }

  clear() {
    this.plot?.destroy();
    this.plot = undefined;
  }

  render() {
    return html`
      <p class="legend">${this.series.map(({label, colour}, i) => html`<span class="key ${colour}">${label}${this.valueOf(i + 1)}</span>`)}
        ${this.at === null ? nothing : html`<span class="when">${hourAndMinute(this.data[0][this.at])}</span>`}</p>
      <div class="plot" role="img" aria-label=${this.summary}></div>`;
  }

  /** Where the mouse is. */
  valueOf(series) {
    const value = this.at === null ? undefined : this.data[series][this.at];
    return value === undefined ? nothing : html` <b>${value === null ? '–' : this.format(value)}</b>`;
  }

  updated(changed) {
    if (this.plot === undefined) {
      this.plot = new uPlot(this.options(), this.data, this.querySelector('.plot'));
    } else if (changed.has('data')) {
      this.plot.setData(this.data);
    }
  }

  get isBars() {
    return this.series.some(({bars}) => bars);
  }

  options() {
    const {isBars} = this;
    const axis = {stroke: this.colour('faint'), grid: {stroke: this.colour('line'), width: 1}, ticks: {show: false}, font: '11px system-ui'};
    return {
      width: this.clientWidth || 600,
      height: HEIGHT,
      legend: {show: false},
      cursor: {drag: {x: false, y: false}, y: false},
      hooks: {setCursor: [plot => (this.at = this.pointedAt(plot))]},
      padding: [8, 16, 0, 0],
      scales: {x: {range: (_, first, last) => (isBars ? [first, last + HOUR_SECONDS] : [last - MINUTES_SECONDS, last])}, y: {range: (_, low, high) => [0, high > 0 ? high * 1.1 : 1]}},
      axes: [{...axis, size: 32, values: (_, times) => times.map(hourAndMinute)}, {...axis, size: 64, values: (_, values) => values.map(this.format)}],
      series: [{}, ...this.series.map(series => this.painted(series))],
    };
  }

  /** The index of what is under the mouse; null where nothing is. */
  pointedAt(plot) {
    const {idx, left} = plot.cursor;
    if (idx === null || idx === undefined || left < 0) {
      return null;
    }
    const seconds = plot.posToVal(left, 'x');
    const begun = this.data[0].findLastIndex(at => at <= seconds);
    return begun < 0 ? null : this.isBars ? begun : idx;
  }

  painted({label, colour, bars}) {
    const stroke = this.colour(colour);
    const common = {label, stroke, width: 1.5, points: {show: false}};
    return bars ? {...common, fill: stroke, width: 0, paths: uPlot.paths.bars({size: [0.7], align: 1})} : common;
  }

  colour(name) {
    return getComputedStyle(this).getPropertyValue(`--${name}`).trim();
  }
}

/** Where the reader is. */
function hourAndMinute(seconds) {
  return new Date(seconds * 1000).toTimeString().slice(0, 5);
}

customElements.define('time-chart', TimeChart);
