/** What the pages of an archive share: calm, legible on paper, light and dark. System fonts: nothing is fetched. */
export const pageStyle = `
:root{color-scheme:light dark;--paper:#fbfaf7;--card:#fff;--ink:#22262b;--soft:#5b636d;--line:#e0ddd5;--link:#1f5aa8;--mark:#8a2f1d;--mark-paper:#fbeee9;--good:#1e6b45;--good-paper:#e8f3ec;--wait:#7a5600;--wait-paper:#f8f0da;--old:#5b636d;--old-paper:#eeece6}
@media (prefers-color-scheme:dark){:root{--paper:#16181b;--card:#1d2024;--ink:#e4e6e8;--soft:#a2aab4;--line:#343a41;--link:#8ab8f2;--mark:#f0a48f;--mark-paper:#3a211b;--good:#8fd0ab;--good-paper:#1c3226;--wait:#e3c577;--wait-paper:#352c14;--old:#a2aab4;--old-paper:#2a2e33}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans",sans-serif}
a{color:var(--link);text-underline-offset:2px}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:3px}
.notice{background:var(--mark-paper);color:var(--mark);border-bottom:1px solid var(--line);padding:.6rem clamp(1rem,4vw,3rem)}
.notice strong{letter-spacing:.06em;margin-right:.4rem}
header,main,footer{padding:0 clamp(1rem,4vw,3rem)}
h1{font-size:1.65rem;line-height:1.25;font-weight:600;margin:1.6rem 0 .2rem}
h2{font-size:1.15rem;font-weight:600;margin:2rem 0 .5rem}
.soft,small{color:var(--soft)}
small{font-size:.86em}
.facts{display:flex;flex-wrap:wrap;gap:.2rem 2.2rem;margin:.9rem 0 1.2rem;padding:0}
.facts div{display:flex;flex-direction:column-reverse}
.facts dt{color:var(--soft);font-size:.86em}
.facts dd{margin:0;font-size:1.1rem;font-weight:600;font-variant-numeric:tabular-nums}
table{width:100%;border-collapse:collapse;background:var(--card);border:1px solid var(--line)}
caption{text-align:left;padding:.4rem 0;color:var(--soft)}
th,td{text-align:left;vertical-align:top;padding:.55rem .7rem;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
thead th{font-weight:600;font-size:.86em;color:var(--soft);border-bottom:2px solid var(--line)}
tbody th{font-weight:600}
footer{margin:1.6rem 0 2.5rem;color:var(--soft);font-size:.9em}
@media print{:root{color-scheme:light;--paper:#fff;--card:#fff;--ink:#000;--soft:#333;--line:#bbb;--link:#000;--mark:#000;--mark-paper:#fff}body{font-size:9.5pt}.notice{border:1px solid #000}thead{display:table-header-group}tr{break-inside:avoid}.screen{display:none!important}}
`;
