//! The page's style: system fonts, light and dark by the reader's own setting, paper when printed.

pub(super) const CSS: &str = r"
:root{color-scheme:light dark;--paper:#fbfbfa;--card:#fff;--ink:#16181d;--soft:#5d6470;--line:#e4e5e8;--ok:#12805c;--ok-bg:#e7f5ef;
--no:#b3261e;--no-bg:#fbeae8;--warn:#8a5a00;--warn-bg:#fdf3dc;--mask:#4b4ad1;--mask-bg:#ecebfb}
@media(prefers-color-scheme:dark){:root{--paper:#101216;--card:#181b21;--ink:#e9ebef;--soft:#9aa2af;--line:#2a2e37;--ok:#5fd3a5;--ok-bg:#12312a;
--no:#ff8f85;--no-bg:#3a1a18;--warn:#f0c05a;--warn-bg:#35290f;--mask:#a9a8ff;--mask-bg:#22224a}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',sans-serif}
main{max-width:1080px;margin:0 auto;padding:44px 28px 72px}
header{display:flex;justify-content:space-between;align-items:baseline;gap:24px;flex-wrap:wrap;margin-bottom:26px}
h1{font-size:22px;letter-spacing:-.01em;margin:0}h1 span{color:var(--soft);font-weight:400}
h2{font-size:15px;margin:38px 0 12px;letter-spacing:.01em}
.soft,.meta{color:var(--soft)}.meta{font-size:13px;text-align:right}
.verdict{border-radius:14px;padding:22px 26px;border:1px solid var(--line);background:var(--card);border-left:6px solid var(--tone)}
.verdict strong{display:block;font-size:21px;line-height:1.3;color:var(--tone);letter-spacing:-.01em}
.verdict p{margin:6px 0 0;color:var(--soft)}
.ok{--tone:var(--ok);--tint:var(--ok-bg)}.no{--tone:var(--no);--tint:var(--no-bg)}.warn{--tone:var(--warn);--tint:var(--warn-bg)}.mask{--tone:var(--mask);--tint:var(--mask-bg)}
.checks{display:grid;grid-template-columns:repeat(auto-fit,minmax(184px,1fr));gap:10px;margin-top:12px}
.check{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:12px 14px;font-size:13px;color:var(--soft);overflow-wrap:anywhere}
.check b{display:block;color:var(--ink);font-size:13.5px}.check b::before{content:'';display:inline-block;width:8px;height:8px;border-radius:50%;background:var(--tone);margin-right:8px}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin-top:26px}
.tile{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:16px 18px}
.tile b{display:block;font-size:30px;line-height:1.15;letter-spacing:-.02em;font-variant-numeric:tabular-nums;color:var(--tone,var(--ink))}
.tile span{color:var(--soft);font-size:13px}
.card{background:var(--card);border:1px solid var(--line);border-radius:14px;overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px}
th{font-weight:500;color:var(--soft);text-align:left;font-size:12.5px;padding:11px 16px;border-bottom:1px solid var(--line);white-space:nowrap}
td{padding:10px 16px;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}tr:last-child td{border-bottom:0}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.zero{color:var(--line)}
code{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.t{white-space:nowrap;font-variant-numeric:tabular-nums;color:var(--soft);font-size:13px}
.pill{display:inline-block;border-radius:99px;padding:1px 10px;font-size:12.5px;color:var(--tone);background:var(--tint);white-space:nowrap}
.bar{display:flex;height:8px;min-width:120px;border-radius:4px;overflow:hidden;background:var(--line);margin-top:7px}
.bar i{display:block;background:var(--tone)}
svg{display:block;width:100%;height:auto;padding:16px}svg text{fill:var(--soft);font-size:11px;font-family:inherit}
.a{fill:var(--ok)}.d{fill:var(--no)}
.legend{font-size:13px;color:var(--soft);margin:0 0 10px}.legend i{display:inline-block;width:9px;height:9px;border-radius:3px;background:var(--tone);margin:0 6px 0 14px}.legend i:first-child{margin-left:0}
.empty{padding:18px;color:var(--soft)}
footer{margin-top:44px;padding-top:18px;border-top:1px solid var(--line);color:var(--soft);font-size:13px}
@media(max-width:640px){main{padding:26px 14px}.meta{text-align:left}}
@media print{body{background:#fff}.card,.tile,.check,.verdict{break-inside:avoid}}
";
