// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/feedxmlclean.h"

#include "model/htmltext.h"
#include "networks/feedencoding.h"

#include <QRegularExpression>

namespace Earshot {

namespace {

bool isXmlCharacter(QChar c)
{
    const char16_t code = c.unicode();
    return code >= 0x20 ? code != 0xFFFE && code != 0xFFFF : code == 9 || code == 10 || code == 13;
}

/// Walks over the document once and writes the cleaned one.
class Cleaner
{
public:
    Cleaner(const QString &document, qsizetype from)
        : m_document(document)
        , m_at(from)
    {
        m_clean.reserve(document.size() - from + 64);
        // Line numbers in messages must be those of the document.
        m_clean.fill(QLatin1Char('\n'), QStringView(document).left(from).count(QLatin1Char('\n')));
    }

    QString clean()
    {
        while (m_at < m_document.size()) {
            const QChar c = m_document.at(m_at);
            if (c == QLatin1Char('<'))
                takeOpening();
            else if (c == QLatin1Char('&'))
                takeReference();
            else
                takeCharacter();
        }
        return m_clean;
    }

private:
    void takeCharacter()
    {
        const QChar c = m_document.at(m_at);
        const bool isPair =
            c.isHighSurrogate() && m_at + 1 < m_document.size() && m_document.at(m_at + 1).isLowSurrogate();
        if (isPair)
            m_clean += QStringView(m_document).mid(m_at, 2);
        else if (isXmlCharacter(c) && !c.isSurrogate())
            m_clean += c;
        m_at += isPair ? 2 : 1;
    }

    [[nodiscard]] bool isAt(QLatin1StringView what) const { return QStringView(m_document).mid(m_at).startsWith(what); }

    void takeOpening()
    {
        if (isAt(QLatin1StringView("<![CDATA[")))
            return takeCharacterData();
        if (isAt(QLatin1StringView("<!--")))
            return dropUntil(QLatin1StringView("-->"));
        if (isAt(QLatin1StringView("<?")))
            return dropUntil(QLatin1StringView("?>"));
        if (isAt(QLatin1StringView("<!")))
            return dropDocumentType();
        if (hasTooManyAttributes())
            return dropAttributes();
        const QChar next = m_at + 1 < m_document.size() ? m_document.at(m_at + 1) : QChar();
        if (next.isLetter() || next == QLatin1Char('_') || next == QLatin1Char('/'))
            m_clean += QLatin1Char('<');
        else if (mayEscape())
            m_clean += QLatin1StringView("&lt;");
        ++m_at;
    }

    /// A document of nothing but stray signs would become five times as long; nobody misses so many of them.
    [[nodiscard]] bool mayEscape() { return ++m_escapes <= 200'000; }

    /// The reader compares every attribute of a tag with every other.
    [[nodiscard]] bool hasTooManyAttributes() const
    {
        constexpr qsizetype most = 100;
        qsizetype count = 0;
        for (qsizetype i = m_at + 1; i < m_document.size() && count <= most; ++i) {
            const QChar c = m_document.at(i);
            if (c == QLatin1Char('>') || c == QLatin1Char('<'))
                return false;
            count += c == QLatin1Char('=') ? 1 : 0;
        }
        return count > most;
    }

    void dropAttributes()
    {
        const qsizetype close = m_document.indexOf(QLatin1Char('>'), m_at);
        qsizetype nameEnd = m_at + 1;
        while (nameEnd < m_document.size() && !m_document.at(nameEnd).isSpace())
            ++nameEnd;
        m_clean += QStringView(m_document).mid(m_at, nameEnd - m_at);
        keepLines(close < 0 ? m_document.size() : close);
    }

    void takeCharacterData()
    {
        const qsizetype found = m_document.indexOf(QLatin1StringView("]]>"), m_at);
        const qsizetype end = found < 0 ? m_document.size() : found + 3;
        while (m_at < end)
            takeCharacter();
    }

    void keepLines(qsizetype end)
    {
        for (; m_at < end; ++m_at) {
            if (m_document.at(m_at) == QLatin1Char('\n'))
                m_clean += QLatin1Char('\n');
        }
    }

    void dropUntil(QLatin1StringView end)
    {
        const qsizetype found = m_document.indexOf(end, m_at);
        keepLines(found < 0 ? m_document.size() : found + end.size());
    }

    void dropDocumentType()
    {
        // An internal subset may hold ">" in its declarations; quoted ones with "]" are not worth the trouble.
        const qsizetype close = m_document.indexOf(QLatin1Char('>'), m_at);
        const QStringView declaration = QStringView(m_document).mid(m_at, qMax(close, m_at) - m_at);
        if (!declaration.contains(QLatin1Char('[')))
            return dropUntil(QLatin1StringView(">"));
        dropUntil(QLatin1StringView("]"));
        dropUntil(QLatin1StringView(">"));
    }

    void takeReference()
    {
        static const QRegularExpression pattern(
            QStringLiteral("&(?:#(\\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));"));
        // Only up to the ";": the expression would check the rest of the document for sound UTF-16 at every reference.
        const QStringView near = QStringView(m_document).mid(m_at, 40);
        const qsizetype end = near.indexOf(QLatin1Char(';'));
        if (end < 0)
            return takeStray();
        const auto match = pattern.match(near.left(end + 1), 0, QRegularExpression::NormalMatch,
                                         QRegularExpression::AnchorAtOffsetMatchOption);
        if (!match.hasMatch())
            return takeStray();
        m_at += match.capturedLength();
        if (match.capturedView(3).isEmpty()) {
            const bool isDecimal = !match.capturedView(1).isEmpty();
            addCodePoint(isDecimal ? match.capturedView(1).toUInt() : match.capturedView(2).toUInt(nullptr, 16));
        } else {
            addNamed(match.captured(0), match.captured(3));
        }
    }

    void takeStray()
    {
        if (mayEscape())
            m_clean += QLatin1StringView("&amp;");
        ++m_at;
    }

    void addCodePoint(uint code)
    {
        if (code >= 0x80 && code < 0xA0)
            code = fromWindows1252(uchar(code));
        const bool isSurrogate = code >= 0xD800 && code < 0xE000;
        if (code > 0x10FFFF || isSurrogate || (code < 0x10000 && !isXmlCharacter(QChar(char16_t(code)))))
            return;
        m_clean += QLatin1StringView("&#") + QString::number(code) + QLatin1Char(';');
    }

    void addNamed(const QString &reference, const QString &name)
    {
        static const QStringList own = {QStringLiteral("amp"), QStringLiteral("lt"), QStringLiteral("gt"),
                                        QStringLiteral("quot"), QStringLiteral("apos")};
        if (own.contains(name)) {
            m_clean += reference;
            return;
        }
        const QString decoded = decodeEntities(reference);
        m_clean += decoded == reference ? QStringLiteral("&amp;") + name + QLatin1Char(';') : decoded.toHtmlEscaped();
    }

    const QString &m_document;
    qsizetype m_at;
    int m_escapes = 0;
    QString m_clean;
};

} // namespace

QString cleanFeedXml(const QString &document)
{
    static const QRegularExpression root(QStringLiteral("<(?:[A-Za-z_][\\w.-]*:)?(?:rss|feed|RDF)(?=[\\s>])"),
                                         QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression page(QStringLiteral("<(?:html|body)(?=[\\s>])"),
                                         QRegularExpression::CaseInsensitiveOption);
    const auto match = root.match(document);
    if (!match.hasMatch() || page.match(QStringView(document).left(match.capturedStart())).hasMatch())
        return {};
    return Cleaner(document, match.capturedStart()).clean();
}

} // namespace Earshot
