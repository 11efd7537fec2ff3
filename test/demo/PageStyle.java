package demo;

/** How the page looks: on a projector, in a dark room, and on paper. */
final class PageStyle {

    /** Two sets of colours; paper always has the light one. */
    private static final String LIGHT = """
            --ink:#1f2328;--soft:#57606a;--paper:#fff;--panel:#f4f6f8;--grid:#d5dae0;--turn:#b9c0c8;
            --message:#0b5cad;--connect:#1a7f37;--close:#b93a0c;--local:#6b3fa0;--mark:#c4006a;
            --accept:#2f74c0;--read:#159a72;--keyboard:#d79a10;--send:#cf4f1e;--closing:#b569a0;--show:#58b2de;
            --leave:#777;
            --waiting:#1f2328;--thinned:#e3e7ec;--merged:#8b949e;
            --talking:#cf222e;--typing:#a371f7;--pausing:#e0a030;--silent:#8fb6dc;""";
    private static final String DARK = """
            --ink:#e8edf2;--soft:#a8b3bf;--paper:#14181d;--panel:#1d232a;--grid:#39424c;--turn:#59636e;
            --message:#79b8ff;--connect:#56d378;--close:#ff9d66;--local:#c9a5ff;--mark:#ff7ac0;
            --accept:#4a90dd;--read:#2bb98b;--keyboard:#e2b03a;--send:#ee7547;--closing:#cc86ba;--show:#7cc7ec;
            --leave:#999;
            --waiting:#e8edf2;--thinned:#2b333c;--merged:#8b949e;
            --talking:#ff6b6b;--typing:#b78cff;--pausing:#e8b450;--silent:#5f8ab5;""";

    private static final String RULES = """
            *{box-sizing:border-box}
            body{margin:0;padding:8px 20px 110px;background:var(--paper);color:var(--ink);
            font:17px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
            main{max-width:1500px;margin:0 auto}
            h1{font-size:30px;margin:.5em 0 .3em}h2{font-size:23px;margin:1.6em 0 .3em}
            h3{font-size:17px;margin:1.4em 0 .2em}
            p{max-width:80ch;margin:.4em 0 .8em}a{color:var(--message)}
            .clauses{max-width:90ch;margin:.4em 0 .8em;padding:0;list-style:none}.clauses b{margin-right:.5em}
            figure{margin:0}
            svg{display:block;width:100%;height:auto;overflow:visible}
            text{fill:var(--ink);font-size:16px;font-variant-numeric:tabular-nums}
            .name{font-weight:700;font-size:18px}
            .time,.silence{fill:var(--soft)}.soon{font-size:15px}
            .label{paint-order:stroke;stroke:var(--paper);stroke-width:5px;stroke-linejoin:round}
            .clause{font-weight:700}
            .head{position:sticky;top:0;background:var(--paper);border-bottom:1px solid var(--grid);z-index:1}
            .life{stroke:var(--turn);stroke-width:2;shape-rendering:crispEdges}
            rect.silence{fill:var(--panel)}text.silence{font-style:italic}
            .line{fill:none;stroke-width:2.2}.reach{fill:none;stroke:transparent;stroke-width:18;pointer-events:stroke}
            .message .line,.flight .line{stroke:var(--message)}
            .connect .line{stroke:var(--connect);stroke-dasharray:9 5}
            .close .line{stroke:var(--close);stroke-dasharray:2 4}
            .end .line{stroke:var(--ink);stroke-width:3}
            .message .clause{fill:var(--message)}.connect .clause{fill:var(--connect)}
            .close .clause{fill:var(--close)}.local .clause{fill:var(--local)}
            .dot{fill:var(--paper);stroke:var(--local);stroke-width:2.5}
            .tip{fill:none;stroke-width:2}.message .tip,.flight .tip{fill:var(--message)}
            .connect .tip{stroke:var(--connect)}.close .tip{stroke:var(--close)}
            [data-says]{cursor:help;outline:none}
            .event:hover .line,.event:focus .line,.flight:hover .line,.flight:focus .line{stroke-width:4}
            .event:hover .dot,.event:focus .dot{fill:var(--local)}
            .event:focus-visible .label,.end:focus-visible .label{text-decoration:underline}
            .turn{fill:var(--turn)}.tick{stroke:var(--ink);stroke-width:1;pointer-events:none}
            .grid{stroke:var(--grid)}.mark{fill:none;stroke:var(--mark);stroke-width:3;pointer-events:none}
            .accept{fill:var(--accept)}.read{fill:var(--read)}.keyboard{fill:var(--keyboard)}.send{fill:var(--send)}
            rect.close{fill:var(--closing)}.show{fill:var(--show)}.leave{fill:var(--leave)}
            .wait{fill:var(--paper)}.thinned{fill:var(--thinned)}.merged{fill:var(--merged)}
            .hatching{fill:none;stroke:var(--waiting);stroke-dasharray:2 5;pointer-events:none}
            .talking{fill:var(--talking)}.typing{fill:var(--typing)}
            .pausing{fill:var(--pausing)}.silent{fill:var(--silent)}
            .within{fill:var(--ink);pointer-events:none}
            rect[data-says]:hover{stroke:var(--ink);stroke-width:1.5}
            .legend{display:flex;flex-wrap:wrap;gap:4px 22px;padding:0;margin:.4em 0 .8em;list-style:none}
            .legend{font-size:16px}
            .legend li{display:flex;align-items:center;gap:8px}.legend svg{width:auto;flex:none}
            table{border-collapse:collapse;margin:.6em 0;font-variant-numeric:tabular-nums}
            th,td{padding:5px 16px;text-align:right;border-bottom:1px solid var(--grid)}
            th:first-child{text-align:left;padding-left:0}
            #says{position:fixed;left:0;right:0;bottom:0;min-height:62px;padding:8px 20px;background:var(--panel);
            border-top:2px solid var(--grid);font-size:16px;line-height:1.45;white-space:pre-line;
            overflow-wrap:anywhere;z-index:2}
            @media(max-width:1040px){figure,.wide{overflow-x:auto}figure>*{min-width:1000px}.head{position:static}}
            """;

    private static final String PAPER = """
            @page{size:landscape;margin:10mm}
            body{padding:0;font-size:13px;print-color-adjust:exact;-webkit-print-color-adjust:exact}
            #says{display:none}.head{position:static}figure{overflow:visible}figure>*{min-width:0}
            .band,.panel,table,.legend{break-inside:avoid}h2,h3,.head{break-after:avoid}.legend,td,th{font-size:13px}
            """;

    private PageStyle() {
    }

    static String sheet() {
        return ":root{color-scheme:light dark;" + LIGHT + "}\n@media(prefers-color-scheme:dark){:root{" + DARK + "}}\n"
                + RULES + "@media print{:root{" + LIGHT + "}\n" + PAPER + "}\n";
    }
}
