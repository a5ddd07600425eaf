// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/feedxml.h"

#include "networks/feedloose.h"
#include "networks/feednames.h"
#include "networks/feedxmlclean.h"

#include <QIODevice>
#include <QXmlStreamReader>

#include <algorithm>
#include <cstring>

namespace Earshot {

using namespace Qt::StringLiterals;

namespace {

constexpr int MAX_DEPTH = 100;
constexpr qsizetype MAX_TEXT = 2'000'000;
constexpr size_t MAX_CHILDREN = 5'000;
constexpr int MAX_REPAIRS = 100;

/// HTML's elements without an end: to a browser "</br>" is a second line break.
bool isVoid(const QString &tag)
{
    return tag == "br"_L1 || tag == "hr"_L1 || tag == "img"_L1 || tag == "input"_L1 || tag == "wbr"_L1;
}

/// A part of the document as the XML reader wants it, made as it is read: after an error reading begins again a little
/// further on, and must not cost what is not read.
class StretchDevice final : public QIODevice
{
public:
    StretchDevice(QStringView before, QStringView stretch)
        : m_before(before)
        , m_stretch(stretch)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    [[nodiscard]] bool isSequential() const override { return true; }

protected:
    qint64 readData(char *data, qint64 maxSize) override
    {
        // Both in one: the reader takes less than four bytes for the end.
        qint64 written = take(m_before, data, maxSize);
        written += take(m_stretch, data + written, maxSize - written);
        return written;
    }
    qint64 writeData(const char * /*data*/, qint64 /*size*/) override { return -1; }

private:
    static qint64 take(QStringView &source, char *data, qint64 maxSize)
    {
        // At most three bytes a unit; a pair stays together.
        qsizetype count = qMin<qsizetype>(source.size(), maxSize / 3);
        if (count > 1 && count < source.size() && source.at(count - 1).isHighSurrogate())
            --count;
        const QByteArray bytes = source.left(count).toUtf8();
        source = source.mid(count);
        memcpy(data, bytes.constData(), size_t(bytes.size()));
        return bytes.size();
    }

    QStringView m_before;
    QStringView m_stretch;
};

/// Where the next item or entry begins, whatever its prefix; -1 when there is none.
qsizetype itemStart(QStringView document, qsizetype from)
{
    constexpr qsizetype longestName = 80;
    for (qsizetype at = document.indexOf(u'<', from); at >= 0; at = document.indexOf(u'<', at + 1)) {
        const QStringView tag = document.mid(at + 1, longestName);
        const auto end = std::find_if(tag.cbegin(), tag.cend(),
                                      [](QChar c) { return c.isSpace() || c == u'>' || c == u'/' || c == u'<'; });
        const QStringView name = tag.left(end - tag.cbegin());
        const QStringView local = name.mid(name.indexOf(u':') + 1);
        const bool isItem =
            local.compare("item"_L1, Qt::CaseInsensitive) == 0 || local.compare("entry"_L1, Qt::CaseInsensitive) == 0;
        if (isItem && end != tag.cend() && *end != u'<')
            return at;
    }
    return -1;
}

/// What elements hand down to those inside them.
struct Surrounding
{
    QUrl base;
    QString language;
};

/// One run over one well-formed stretch of the document.
class StretchReader
{
public:
    /// @param before stands in front of the document's part that begins at `from`
    StretchReader(QStringView before, QStringView document, qsizetype from, const FeedXmlSink &sink, FeedXmlEnd &end,
                  FeedNames &names)
        : m_document(document)
        , m_origin(from - before.size())
        , m_device(before, document.mid(from))
        , m_xml(&m_device)
        , m_sink(sink)
        , m_end(end)
        , m_names(names)
    {
        m_xml.setNamespaceProcessing(false);
    }

    /// True when the stretch's own root was closed, or the sink wants no more.
    bool read(Surrounding surrounding)
    {
        while (!m_xml.atEnd()) {
            if (m_xml.readNext() == QXmlStreamReader::StartElement) {
                readTop(surrounding);
                break;
            }
        }
        return !m_xml.hasError() || m_isEnough;
    }

    [[nodiscard]] QString trouble() const
    {
        return u"line %1: %2"_s.arg(m_xml.lineNumber()).arg(m_xml.errorString().left(200));
    }
    /// Where the reader is in the document.
    [[nodiscard]] qsizetype place() const { return m_origin + qsizetype(m_xml.characterOffset()); }
    [[nodiscard]] Surrounding rootSurrounding() const { return m_rootSurrounding; }

    /// Reads the item in which the error is by other means, when it has an end. @return where that is, else -1
    qsizetype readBrokenItem()
    {
        FeedElement item;
        item.name = m_names.canonical(m_openName);
        const bool isItem = item.name == "item"_L1 || item.name == "atom:entry"_L1;
        if (m_openFrom < 0 || !isItem)
            return -1;
        const QStringView rest = m_document.mid(m_openFrom, MAX_TEXT);
        const qsizetype end = rest.indexOf(QString(u"</"_s + m_openName + u'>'), 0, Qt::CaseInsensitive);
        if (end < 0 || itemStart(rest.left(end), 0) >= 0)
            return -1;
        item.base = m_openIn.base;
        item.language = m_openIn.language;
        readLooseItem(rest.left(end), m_names, item);
        m_isEnough = !m_sink.item(item);
        return m_openFrom + end;
    }
    [[nodiscard]] bool isEnough() const { return m_isEnough; }

private:
    [[nodiscard]] FeedElement opened(const Surrounding &outer) const
    {
        FeedElement element;
        element.name = m_names.canonical(m_xml.qualifiedName().toString());
        element.base = outer.base;
        element.language = outer.language;
        const QXmlStreamAttributes attributes = m_xml.attributes();
        for (const QXmlStreamAttribute &attribute : attributes) {
            const QString name = m_names.canonicalAttribute(attribute.qualifiedName().toString());
            const QString value = attribute.value().toString().left(100'000);
            if (name == "xml:base"_L1)
                element.base = outer.base.resolved(QUrl(value.trimmed()));
            else if (name == "xml:lang"_L1)
                element.language = value.trimmed();
            element.attributes.append({name, value});
        }
        return element;
    }

    /// The root, and "channel": their children are the feed.
    void readTop(const Surrounding &outer)
    {
        const FeedNames::Scope scope(m_names, m_xml.qualifiedName(), m_xml.attributes());
        const FeedElement root = opened(outer);
        if (m_end.rootName.isEmpty()) {
            m_end.rootName = root.name;
            m_end.version = root.attribute("version"_L1);
            m_names.keepForRepairs();
            m_rootSurrounding = {root.base, root.language};
        }
        while (!m_isEnough && !m_xml.atEnd()) {
            const auto token = m_xml.readNext();
            if (token == QXmlStreamReader::EndElement)
                return;
            if (token != QXmlStreamReader::StartElement)
                continue;
            const QStringView name = m_xml.qualifiedName();
            if (name.mid(name.lastIndexOf(u':') + 1).compare("channel"_L1, Qt::CaseInsensitive) == 0)
                readTop({root.base, root.language});
            else
                readPart({root.base, root.language});
        }
    }

    void readPart(const Surrounding &outer)
    {
        m_openName = m_xml.qualifiedName().toString();
        m_openFrom = place();
        m_openIn = outer;
        const FeedElement part = readElement(outer, 0);
        if (m_xml.hasError())
            return;
        m_openFrom = -1;
        if (part.name == "item"_L1 || part.name == "atom:entry"_L1)
            m_isEnough = !m_sink.item(part);
        else
            m_sink.aboutFeed(part);
    }

    FeedElement readElement(const Surrounding &outer, int depth)
    {
        const FeedNames::Scope scope(m_names, m_xml.qualifiedName(), m_xml.attributes());
        FeedElement element = opened(outer);
        if (depth > MAX_DEPTH) {
            m_xml.raiseError(u"nested more than %1 levels deep"_s.arg(MAX_DEPTH));
            return element;
        }
        const bool isText = holdsFeedText(element.name);
        while (!m_xml.atEnd()) {
            const auto token = m_xml.readNext();
            if (token == QXmlStreamReader::EndElement)
                break;
            if (token == QXmlStreamReader::Characters && element.text.size() < MAX_TEXT)
                element.text += m_xml.text();
            if (token != QXmlStreamReader::StartElement)
                continue;
            if (isText) {
                readMarkup(element);
                break;
            }
            FeedElement child = readElement({element.base, element.language}, depth + 1);
            if (element.children.size() < MAX_CHILDREN)
                element.children.push_back(std::move(child));
        }
        return element;
    }

    /// The rest of an element that turned out to hold markup; the reader stands on the first inner start tag.
    void readMarkup(FeedElement &element)
    {
        element.isMarkup = true;
        QString &markup = element.text;
        markup = markup.toHtmlEscaped();
        for (int depth = 0; !m_xml.atEnd(); m_xml.readNext()) {
            if (m_xml.tokenType() == QXmlStreamReader::EndElement && depth-- == 0)
                return;
            if (m_xml.tokenType() == QXmlStreamReader::StartElement && ++depth > MAX_DEPTH)
                m_xml.raiseError(u"nested more than %1 levels deep"_s.arg(MAX_DEPTH));
            else if (markup.size() < MAX_TEXT)
                addMarkup(markup);
        }
    }

    void addMarkup(QString &markup) const
    {
        const QString tag = m_xml.qualifiedName().toString().section(u':', -1);
        if (m_xml.tokenType() == QXmlStreamReader::Characters) {
            markup += m_xml.text().toString().toHtmlEscaped();
        } else if (m_xml.tokenType() == QXmlStreamReader::EndElement && !isVoid(tag)) {
            markup += u"</"_s + tag + u'>';
        } else if (m_xml.tokenType() == QXmlStreamReader::StartElement) {
            markup += u'<' + tag;
            const QXmlStreamAttributes attributes = m_xml.attributes();
            for (const QXmlStreamAttribute &attribute : attributes)
                markup += u' ' + attribute.qualifiedName().toString() + u"=\""_s +
                          attribute.value().toString().toHtmlEscaped() + u'"';
            markup += u'>';
        }
    }

    QStringView m_document;
    qsizetype m_origin; ///< where in the document the reader's first character would stand
    StretchDevice m_device;
    QXmlStreamReader m_xml;
    const FeedXmlSink &m_sink;
    FeedXmlEnd &m_end;
    FeedNames &m_names;
    Surrounding m_rootSurrounding;
    bool m_isEnough = false;
    QString m_openName; ///< of the part that is being read, and what is around it
    qsizetype m_openFrom = -1;
    Surrounding m_openIn;
};

} // namespace

const FeedElement *FeedElement::child(QLatin1StringView childName) const
{
    for (const FeedElement &element : children) {
        if (element.name == childName)
            return &element;
    }
    return nullptr;
}

QString FeedElement::textOf(QLatin1StringView childName) const
{
    for (const FeedElement &element : children) {
        if (element.name != childName)
            continue;
        if (const QString found = element.text.trimmed(); !found.isEmpty())
            return found;
    }
    return {};
}

QString FeedElement::attribute(QLatin1StringView attributeName) const
{
    for (const auto &[key, value] : attributes) {
        if (key == attributeName)
            return value.trimmed();
    }
    return {};
}

FeedXmlEnd readFeedXml(const QString &document, const QUrl &base, const FeedXmlSink &sink)
{
    FeedXmlEnd end;
    FeedNames names;
    const QString clean = cleanFeedXml(document);
    if (clean.isEmpty())
        return end;
    // Items that follow a broken one are read as children of a root made up for them, at the line they stand in.
    const QString madeUpRoot = u"<r>"_s;
    Surrounding surrounding{base, {}};
    qsizetype from = 0;
    for (int repairs = 0; repairs <= MAX_REPAIRS; ++repairs) {
        const bool isWhole = repairs == 0;
        StretchReader reader(isWhole ? QStringView() : QStringView(madeUpRoot), clean, from, sink, end, names);
        if (reader.read(surrounding)) {
            end.isComplete = isWhole;
            return end;
        }
        // The made-up root is never closed, so that a repaired document always ends in an error: not a new one.
        if (isWhole) {
            surrounding = reader.rootSurrounding();
            end.trouble = reader.trouble();
        }
        names.startRepair();
        const qsizetype readTo = qMax(reader.readBrokenItem(), reader.place() - 1);
        if (reader.isEnough())
            return end;
        from = itemStart(clean, qBound<qsizetype>(from + 1, readTo, clean.size()));
        if (from < 0)
            return end;
    }
    return end;
}

} // namespace Earshot
