"""What a council installs, made by one command each: `make wheel`, `make sbom`, `make deb`; tried by `make rollout`."""
