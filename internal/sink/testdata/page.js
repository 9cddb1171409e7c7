if (1 < 2) document.title = "x";
