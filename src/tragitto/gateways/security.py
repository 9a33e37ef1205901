"""How connections are secured: certificates are always checked, and so is the name they are for."""

import ssl

from tragitto.gateways.connections import Security, Server
from tragitto.gateways.tables import WrongFile


def context_for(server: Server) -> ssl.SSLContext | None:
    """The rules for a connection: TLS 1.2 or newer, a trusted certificate, the right name; None in clear.

    Raises `WrongFile` when the certificates to be trusted beside the system's cannot be read.
    """
    if server.security is Security.NONE:
        return None
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if server.ca_file:
        try:
            context.load_verify_locations(cafile=server.ca_file)
        except OSError:
            problem = f"{server.ca_file} holds no certificates: name a file of them (PEM)"
            raise WrongFile(server.file, server.line, problem) from None
    return context
