import { BarChart as Bars } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

use([Bars, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

export interface BarChartProps {
  /** What the picture shows, for those who do not see it; the table beside it holds the figures. */
  title: string;
  /** What the bars measure: `%`, `分`. */
  unit: string;
  names: readonly string[];
  series: readonly { name: string; values: readonly number[] }[];
}

/** Colours that are told apart also without colour vision, and by their lightness. */
const COLOURS = ['#1d4f91', '#e08a1e'];
const LINE_PX = 26;

/** Horizontal bars, one line a name: they fit a phone as well as a desk. */
export default function BarChart({ title, unit, names, series }: BarChartProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const chart = init(element, undefined, { renderer: 'svg' });
    chart.setOption({
      animation: false,
      color: COLOURS,
      grid: { left: 8, right: 24, top: series.length > 1 ? 36 : 8, bottom: 8, containLabel: true },
      legend: { show: series.length > 1, top: 0 },
      tooltip: { trigger: 'axis', confine: true, valueFormatter: (value: unknown) => `${value} ${unit}` },
      xAxis: { type: 'value', axisLabel: { formatter: `{value} ${unit}`, hideOverlap: true } },
      yAxis: {
        type: 'category',
        inverse: true,
        data: [...names],
        axisLabel: { width: 110, overflow: 'truncate' },
      },
      series: series.map(({ name, values }) => ({ type: 'bar', name, data: [...values], barMaxWidth: 14 })),
    });
    const watcher = new ResizeObserver(() => chart.resize());
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      chart.dispose();
    };
  }, [unit, names, series]);
  const height = names.length * LINE_PX * Math.max(1, series.length * 0.8) + 70;
  return <div ref={place} role="img" aria-label={title} className="chart" style={{ height }} />;
}
