/**
 * A uPlot in an element: as wide as its container, in the page's colours, redrawn when options or colours
 * change, and destroyed with its element.
 */
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { Tone } from './figures.js';

export type Colours = Readonly<Record<Tone | 'text' | 'line', string>>;
type Make = (width: number, colours: Colours) => uPlot.Options;

const narrowest = 120;

/** @param shape identifies the options apart from width and colours */
export function usePlot(make: Make, data: uPlot.AlignedData, shape: string) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const latest = useRef({ make, data });
  latest.current = { make, data };

  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const draw = () => {
      plot.current?.destroy();
      const width = Math.max(element.clientWidth, narrowest);
      plot.current = new uPlot(
        latest.current.make(width, coloursOf(element)),
        latest.current.data,
        element,
      );
    };
    const resize = new ResizeObserver(() => {
      const width = Math.max(element.clientWidth, narrowest);
      const { current } = plot;
      if (current && current.width !== width) current.setSize({ width, height: current.height });
    });
    const dark = matchMedia('(prefers-color-scheme: dark)');
    draw();
    resize.observe(element);
    dark.addEventListener('change', draw);
    return () => {
      dark.removeEventListener('change', draw);
      resize.disconnect();
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [shape]);

  useEffect(() => plot.current?.setData(data), [data]);
  return place;
}

function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    accent: of('accent'),
    handover: of('plot-handover'),
    muted: of('muted'),
    danger: of('danger'),
    text: of('muted'),
    line: of('line'),
  };
}
