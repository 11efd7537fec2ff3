package grader.report;

/** How the page for the student looks: by day, by night, on a telephone, and on paper. */
final class HtmlStyle {

    private static final String LIGHT = """
            --ink:#1f2328;--soft:#57606a;--paper:#ffffff;--panel:#f6f8fa;--grid:#d0d7de;--link:#0b57b8;
            --passed:#17692f;--failed:#b0201a;--not-graded:#6b5300;
            --passed-ground:#e3f4e7;--failed-ground:#fdeae8;--not-graded-ground:#faf1d3;
            --typed-ground:#e8f0fb;""";
    private static final String DARK = """
            --ink:#e6ebf0;--soft:#a9b4bf;--paper:#14181d;--panel:#1c2229;--grid:#3a434d;--link:#8ab8ff;
            --passed:#6fdc8c;--failed:#ff968c;--not-graded:#e8cb67;
            --passed-ground:#173322;--failed-ground:#42201f;--not-graded-ground:#37301a;
            --typed-ground:#1d2d44;""";

    private static final String RULES = """
            *{box-sizing:border-box}
            html{scroll-padding-top:12px}
            body{margin:0;padding:16px 24px 64px;background:var(--paper);color:var(--ink);
            font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;overflow-wrap:anywhere}
            main{max-width:1440px;margin:0 auto}
            h1{font-size:30px;line-height:1.25;margin:.3em 0}
            h2{font-size:21px;line-height:1.3;margin:2em 0 .6em}
            h2{padding-bottom:.25em;border-bottom:1px solid var(--grid)}
            h3{font-size:17px;line-height:1.4;margin:0}
            p{margin:.4em 0;max-width:80ch}
            a{color:var(--link)}
            a:focus-visible,summary:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:3px}
            code,.console{font-family:ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:14px}
            .score{font-size:21px;margin:.2em 0}.score strong{font-size:40px;line-height:1.1}
            .bar{display:flex;height:22px;max-width:60rem;overflow:hidden}
            .bar{border:1px solid var(--soft);border-radius:6px}
            .bar>*+*{border-left:2px solid var(--paper)}
            .bar .passed,.swatch.passed{background:var(--passed)}
            .bar .failed,.swatch.failed{background:repeating-linear-gradient(45deg,var(--failed) 0 5px,
            var(--failed-ground) 5px 9px)}
            .bar .not-graded,.swatch.not-graded{background:radial-gradient(var(--not-graded) 1.4px,transparent 1.8px)
            0 0/6px 6px var(--not-graded-ground)}
            .legend{display:flex;flex-wrap:wrap;gap:4px 28px;margin:.6em 0;padding:0;list-style:none}
            .legend li{display:flex;align-items:center;gap:8px}
            .swatch{width:18px;height:18px;flex:none;border:1px solid var(--soft);border-radius:4px}
            dl{margin:.8em 0}dd{margin:0}
            .run div{display:flex;gap:12px;margin:.2em 0}.run dt{flex:none;width:6em}dt{color:var(--soft)}
            .run dd{min-width:0;white-space:pre-wrap}
            .failed-cases{margin:0;padding:0;list-style:none}
            .failed-cases li{padding:5px 12px;margin:6px 0;max-width:60rem;background:var(--failed-ground);
            border-left:5px solid var(--failed);border-radius:4px}
            .failed-cases a:first-child{font-weight:600;margin-right:6px}
            table{border-collapse:collapse;font-variant-numeric:tabular-nums}
            th,td{text-align:left;vertical-align:top;font-weight:400}
            .cases{width:100%;max-width:60rem}
            .cases th,.cases td{padding:5px 12px;border-bottom:1px solid var(--grid)}
            .cases thead th{color:var(--soft)}
            .cases th[scope=rowgroup]{padding-top:16px;font-weight:600}
            .cases th[scope=row]{width:6em}.cases td:nth-child(3){width:9em}
            .cases td:last-child,.cases thead th:last-child{text-align:right;width:7.5em;white-space:nowrap}
            .badge{display:inline-block;padding:0 10px;border:1px solid;border-radius:12px}
            .badge{white-space:nowrap;font-size:15px}
            .badge.passed{color:var(--passed);background:var(--passed-ground)}
            .badge.failed{color:var(--failed);background:var(--failed-ground);font-weight:600}
            .badge.not-graded{color:var(--not-graded);background:var(--not-graded-ground);border-style:dashed}
            .case{margin:10px 0;padding:10px 16px;border:1px solid var(--grid);border-left-width:5px;border-radius:6px}
            .case.passed{border-left-color:var(--passed)}.case.failed{border-left-color:var(--failed)}
            .case.not-graded{border-left-color:var(--not-graded);border-left-style:dashed}
            .case:target{outline:3px solid var(--link)}
            .head{display:flex;flex-wrap:wrap;gap:2px 20px;align-items:baseline;justify-content:space-between}
            .verdict{display:flex;gap:12px;align-items:baseline;color:var(--soft);margin:0}
            .findings{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:12px}
            .findings div{min-width:0;padding:8px 14px;background:var(--panel);border-radius:6px}
            .findings dd{white-space:pre-wrap}
            .findings dt,.console th{font-size:14px}
            .tried span,.again span{color:var(--soft)}
            details{margin:.6em 0 .2em}summary{cursor:pointer;color:var(--link);padding:2px 0}
            .consoles{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,21rem),1fr));gap:14px;
            align-items:start;margin-top:8px}
            .console{table-layout:fixed;width:100%;min-width:0;background:var(--panel);line-height:1.45;
            outline:1px solid var(--grid)}
            .console caption{text-align:left;padding:6px 10px;background:var(--panel);outline:1px solid var(--grid)}
            .console caption code{color:var(--soft);margin-left:8px}
            .console th{color:var(--soft);padding:3px 10px}
            .console th:first-child{width:5.4em}.console th:nth-child(2){width:4.2em}
            .console td{padding:1px 10px;white-space:pre-wrap;border:0 solid var(--grid)}
            .console td:first-child{text-align:right}
            .console td:nth-child(-n+2){color:var(--soft);white-space:nowrap}
            .console td:nth-child(2),.console th:nth-child(2){padding-left:0;padding-right:0}
            .console .typed td{background:var(--typed-ground)}
            .console .typed td:last-child{font-weight:700}.console .typed td:last-child::before{content:"> "}
            .console .event td:last-child{font-style:italic;color:var(--soft)}
            .console .event td:last-child::before{content:"* "}
            """;

    /** A telephone: the marks stand for the verdicts, whose words are left to those who listen to the page. */
    private static final String NARROW = """
            body{padding:8px 12px 48px}
            .cases th,.cases td{padding:5px 5px}
            .cases th[scope=row],.cases td:nth-child(3){width:1%;white-space:nowrap}
            .cases td:last-child,.cases thead th:last-child{width:4.5em;white-space:normal}
            .cases thead th{font-size:13px;white-space:nowrap}
            .cases .badge{padding:0 8px}
            .cases .badge .word{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
            .run dt{width:5em}
            .case{padding:8px 10px}
            """;

    private static final String PAPER = """
            @page{margin:12mm}
            body{padding:0;font-size:13px;print-color-adjust:exact;-webkit-print-color-adjust:exact}
            code,.console{font-size:12px}.badge,.findings dt,.console th{font-size:12px}
            h1{font-size:26px}h2{font-size:17px;margin-top:1.4em}h3{font-size:14px}.case{padding:6px 12px}
            h1,h2,.failed .head,.not-graded .head,summary,caption{break-after:avoid}
            .case.passed,.case.not-graded,.findings div,.score,.bar,.failed-cases li,tr{break-inside:avoid}
            a{color:inherit;text-decoration:none}summary{color:var(--ink)}
            details:not([open]){display:none}
            """;

    /** Paper is light, whatever the scheme of the screen. */
    static final String SHEET = ":root{color-scheme:light dark;" + LIGHT + "}\n"
            + "@media screen and (prefers-color-scheme:dark){:root{" + DARK + "}}\n"
            + RULES + "@media screen and (max-width:600px){" + NARROW + "}\n"
            + "@media print{:root{color-scheme:light}\n" + PAPER + "}\n";

    private HtmlStyle() {
    }
}
