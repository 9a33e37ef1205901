"""How people come in: what django-allauth is told, and the sign-in by OpenID Connect."""
