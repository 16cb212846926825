import { pageStyle } from './page-style.js';

// A browser lays out a table as a whole, so that one of 100,000 rows showed after three quarters of a minute. Where no
// script takes the rows away, each is a grid of its own, and only those in sight are laid out.
export const indexPageStyle = `${pageStyle}
.reading tbody{display:none}
.documents{overflow-x:auto}
.documents table{min-width:56rem;table-layout:fixed}
.documents caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.documents ul{list-style:none;margin:0;padding:0}
.documents ul ul{padding-left:1rem}
.documents li+li{margin-top:.25rem}
.documents p{margin:.1rem 0 0;color:var(--soft);font-size:.86em}
.c1{width:8rem}.c3{width:7rem}.c4{width:5.2rem}.c5{width:20%}.c6{width:32%}
.state{display:inline-block;font-size:.8em;line-height:1.35;padding:.05rem .45rem;border-radius:1rem;background:var(--wait-paper);color:var(--wait);white-space:nowrap}
.authorised{background:var(--good-paper);color:var(--good)}
.superseded{background:var(--old-paper);color:var(--old)}
.absent{color:var(--mark)}
.finder{display:flex;flex-wrap:wrap;gap:.6rem .9rem;align-items:end;position:sticky;top:0;z-index:1;background:var(--paper);padding:.7rem 0;border-bottom:1px solid var(--line)}
.finder[hidden],.more[hidden]{display:none}
.finder label{display:flex;flex-direction:column;gap:.15rem;min-width:0;font-size:.86em;color:var(--soft)}
.documents a+small{white-space:nowrap}
.finder label:first-child{flex:1 1 18rem}
.finder input,.finder select,button{font:inherit;font-size:15px;color:var(--ink);background:var(--card);border:1px solid var(--soft);border-radius:6px;padding:.42rem .6rem;min-height:2.4rem;max-width:100%}
.finder select{max-width:15rem}
button{cursor:pointer}
thead button{all:unset;cursor:pointer;display:block;width:100%}
thead button:focus-visible{outline:3px solid var(--link);outline-offset:2px}
th[aria-sort=ascending] button::after{content:" \\2191"}
th[aria-sort=descending] button::after{content:" \\2193"}
.more{margin:1rem 0}
.found{margin:.7rem 0 0}
@media screen and (max-width:44rem){
.finder{position:static;display:grid;grid-template-columns:1fr 1fr}
.finder[hidden]{display:none}
.finder label:first-child,.finder button{grid-column:1/-1}
.finder select{max-width:100%}
.documents thead{display:block}
.documents thead tr:not(.every-page){display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;padding:.7rem 1rem;border-bottom:2px solid var(--line)}
.documents thead th{border:0;padding:0}
.documents thead button{padding:.2rem 0}
.documents table{display:block;min-width:0}
.documents colgroup{display:none}
.documents tbody,.documents tbody tr,.documents tbody th,.documents td{display:block;border:0;padding:.1rem 0}
.documents tbody tr{padding:.8rem 1rem;border-bottom:1px solid var(--line)}
.documents td:nth-child(3),.documents td:nth-child(4){display:inline-block;margin-right:.6rem;color:var(--soft);font-size:.86em}
}
.every-page,.printed{display:none}
@media screen{
:root:not(.reading,.scripted) tbody tr{content-visibility:auto;contain-intrinsic-size:auto 5rem}
}
@media screen and (min-width:44.01rem){
:root:not(.reading,.scripted) :is(table,thead,tbody){display:block}
:root:not(.reading,.scripted) colgroup{display:none}
:root:not(.reading,.scripted) tr:not(.every-page){display:grid;grid-template-columns:8rem minmax(0,1fr) 7rem 5.2rem 20% 32%}
}
@media print{@page{size:landscape;margin:12mm}.every-page{display:table-row}.printed{display:inline}thead button{display:none}.documents{overflow:visible}.documents table{min-width:0}.documents th,.documents td{padding:.3rem .4rem}.state{border:1px solid #999;background:none;color:#000}.c1{width:11%}.c3{width:12%}.c4{width:8%}.c5{width:20%}.c6{width:26%}}
`;
