package support;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One browser for all tests of a class, which is started by the first of them: a start costs seconds of CPU time. */
public final class SharedBrowser implements AfterAllCallback {

    private Browser browser;

    /** With the medium that a new one has, and the pointer in a corner. Skips the test where there is no Chromium. */
    public Browser getOrSkip() {
        if (browser == null) {
            browser = Browser.startOrSkip();
        }
        browser.show("screen", "light");
        browser.hover(0, 0);
        return browser;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (browser != null) {
            browser.close();
        }
    }
}
