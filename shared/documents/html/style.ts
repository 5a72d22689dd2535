/** One column that fits a phone, and A4 when printed. Contrast of red and grey on white is above 5:1. */
export const STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #111; line-height: 1.8; font-size: 1.0625rem;
  font-family: FangSong_GB2312, FangSong, STFangsong, "Noto Serif SC", "Songti SC", serif; overflow-wrap: anywhere; }
.page { max-width: 46rem; margin: 0 auto; padding: 1rem 1.125rem 3rem; }
.sample { margin: 0; padding: .5rem 1.125rem; background: #fff3cd; color: #4d3800; text-align: center; }
.head { text-align: center; border-bottom: 2px solid #c00000; padding-bottom: .5rem; }
.head.xinhan { border-bottom: 4px double #c00000; }
.mark { margin: .5rem 0; color: #c00000; font-weight: 700; font-size: clamp(1.4rem, 6vw, 2.4rem); line-height: 1.3;
  font-family: FZXiaoBiaoSong-B05, STZhongsong, "Noto Serif SC", "Songti SC", serif; }
.number { margin: 0; }
.head.xinhan + .number { text-align: right; }
h1, .annex h2 { text-align: center; text-wrap: balance; font-size: 1.5rem; line-height: 1.4; font-weight: 700;
  font-family: FZXiaoBiaoSong-B05, STZhongsong, "Noto Serif SC", "Songti SC", serif; margin: 2rem 0 1.25rem; }
h1 span, .annex h2 span { display: inline-block; }
h2, h3, h4, h5, p { margin: 0; font-size: inherit; font-weight: 400; }
h2, strong, th, .annex-label { font-family: SimHei, "Heiti SC", "Noto Sans SC", sans-serif; font-weight: 400; }
h3 { font-family: KaiTi_GB2312, KaiTi, STKaiti, "Kaiti SC", serif; }
article h2:not(.annex h2), h3, h4, h5, .body p, .remark, .note { text-indent: 2em; text-align: justify; }
.run-in { text-indent: 2em; text-align: justify; }
.run-in > * { display: inline; }
.note { margin-top: 1.8em; }
.note ol, .note ul { margin: 0; padding: 0; list-style: none; }
.signature { margin-top: 3.6em; text-align: right; }
.signature div { display: inline-block; text-align: center; padding-right: 2em; }
.remark { margin-top: .5em; }
.annex { margin-top: 3rem; border-top: 1px solid #767676; padding-top: 1rem; }
.table { overflow-x: auto; margin: .75rem 0; }
.table:focus-visible { outline: 3px solid #1a5fb4; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; line-height: 1.5; }
caption { text-align: center; padding: .25rem; }
caption.hidden { position: absolute; width: 1px; height: 1px; padding: 0; overflow: hidden; clip-path: inset(50%); }
th, td { border: 1px solid #444; padding: .3rem .45rem; vertical-align: middle; min-width: 3.2em; overflow-wrap: break-word; }
th { background: #f2f2f2; text-align: center; }
.left { text-align: left; } .centre { text-align: center; } .right { text-align: right; }
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
@media print {
  body { font-size: 16pt; line-height: 28.99pt; }
  .page { max-width: none; padding: 0; }
  .annex { break-before: page; border: 0; margin: 0; padding: 0; }
  .table { overflow: visible; }
  thead { display: table-header-group; }
  tr, .signature { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
`;
