x = "##[error]";
