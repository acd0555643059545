"""OFD documents made for a test."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd(*pages: str, template: str = "", parts: Mapping[str, bytes] | None = None) -> bytes:
    """A document whose pages hold the XML given for each; ``parts`` are put in place of those of the same name."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    used = '<ofd:TemplatePage ID="9" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    made = {
        "OFD.xml": f'<ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{used}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    for number, content in enumerate(pages):
        made[f"Doc_0/Pages/Page_{number}/Content.xml"] = _page(content, template=bool(template))
    if template:
        made["Doc_0/Tpls/Tpl_0/Content.xml"] = _page(template)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in ({name: xml.encode() for name, xml in made.items()} | dict(parts or {})).items():
            archive.writestr(name, data)
    return out.getvalue()


def _page(content: str, *, template: bool = False) -> str:
    used = '<ofd:Template TemplateID="9"/>' if template else ""
    return f"<ofd:Page {NAMESPACE}>{used}<ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>"


def words(text: str, x: float, y: float, *, size: float = 5.0, deltas: str | None = None, more: str = "") -> str:
    """A text object whose first character stands at (x, y) millimetres; its base line is 5 below."""
    steps = f"g {len(text) - 1} {size}" if deltas is None else deltas
    code = f'<ofd:TextCode X="0" Y="5" DeltaX="{steps}">{text}</ofd:TextCode>'
    return f'<ofd:TextObject ID="1" Boundary="{x} {y} 150 8" Font="1" Size="{size}" {more}>{code}</ofd:TextObject>'


def line(left: float, top: float, right: float, bottom: float) -> str:
    data = f"M 0 0 L {right - left} {bottom - top}"
    return (
        f'<ofd:PathObject ID="2" Boundary="{left} {top} {right - left} {bottom - top}">'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )
