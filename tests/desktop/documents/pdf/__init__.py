"""The file as a whole by veraPDF, pdfsig, OpenSSL and poppler: `../test_rendering.py`, its pictures
`../test_picture_on_paper.py`; its list of contents `../test_rows_on_paper.py`.
"""
