"""What every page is made of: the frame, the form fields, the small parts, the styles."""
