//! The workbench: a case alive in a browser, served to this machine alone.
