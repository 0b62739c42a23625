//! Lumbung as a library: the router over all rooms, for the binary and for tests across rooms.

pub mod app;
