//! Against scripted servers, over real pipes.
