"""The report as one page of HTML: what was found beside the text it was found in."""
