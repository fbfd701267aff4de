"""Parse, call a service, render. Nobody imports this room but `create_app`."""
