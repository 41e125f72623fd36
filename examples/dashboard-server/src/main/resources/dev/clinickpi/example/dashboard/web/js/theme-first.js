// Runs before the first paint, so that a page in the dark never flashes white. No module: modules wait.
(function () {
    let chosen = null;
    try {
        chosen = localStorage.getItem('theme');
    } catch (refused) {
        // A browser may refuse storage; then the system's theme is the theme.
    }
    if (chosen === 'light' || chosen === 'dark') {
        document.documentElement.dataset.theme = chosen;
    }
})();
