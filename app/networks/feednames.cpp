// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/feednames.h"

#include <QHash>

#include <algorithm>
#include <optional>

namespace Earshot {

using namespace Qt::StringLiterals;

namespace {

/// Our prefix for a namespace, whose address may differ in case, scheme, "www." and a last "/" or "#".
std::optional<QString> prefixOf(QString address)
{
    address = address.trimmed().toLower();
    while (address.endsWith(u'/') || address.endsWith(u'#'))
        address.chop(1);
    address.remove(u"https://"_s).remove(u"http://"_s);
    if (address.startsWith("www."_L1))
        address.remove(0, 4);
    static const QHash<QString, QString> known = {
        {u"purl.org/rss/1.0"_s, {}},
        {u"my.netscape.com/rdf/simple/0.9"_s, {}},
        {u"channel.netscape.com/rdf/simple/0.9"_s, {}},
        {u"backend.userland.com/rss2"_s, {}},
        {u"blogs.law.harvard.edu/tech/rss"_s, {}},
        {u"cyber.law.harvard.edu/rss"_s, {}},
        {u"w3.org/2005/atom"_s, u"atom"_s},
        {u"purl.org/atom/ns"_s, u"atom"_s},
        {u"w3.org/1999/02/22-rdf-syntax-ns"_s, u"rdf"_s},
        {u"purl.org/dc/elements/1.1"_s, u"dc"_s},
        {u"purl.org/dc/elements/1.0"_s, u"dc"_s},
        {u"purl.org/dc/terms"_s, u"dcterms"_s},
        {u"purl.org/rss/1.0/modules/content"_s, u"content"_s},
        {u"purl.org/rss/1.0/modules/slash"_s, u"slash"_s},
        {u"purl.org/rss/1.0/modules/syndication"_s, u"sy"_s},
        {u"wellformedweb.org/commentapi"_s, u"wfw"_s},
        {u"purl.org/syndication/thread/1.0"_s, u"thr"_s},
        {u"search.yahoo.com/mrss"_s, u"media"_s},
        {u"itunes.com/dtds/podcast-1.0.dtd"_s, u"itunes"_s},
        {u"itunes.apple.com/rss"_s, u"im"_s},
        {u"w3.org/1999/xhtml"_s, u"xhtml"_s},
        {u"base.google.com/ns/1.0"_s, u"g"_s},
        {u"schemas.google.com/g/2005"_s, u"gd"_s},
        {u"purl.org/stuff/rev"_s, u"review"_s},
        {u"schema.org"_s, u"schema"_s},
        {u"w3.org/xml/1998/namespace"_s, u"xml"_s},
    };
    const auto found = known.constFind(address);
    return found == known.constEnd() ? std::nullopt : std::optional(*found);
}

/// XML tells "PUBDATE" from "pubDate", those who write feeds by hand do not.
QString inUsualCase(const QString &name)
{
    const bool isLower = std::none_of(name.cbegin(), name.cend(), [](QChar c) { return c.isUpper(); });
    if (isLower)
        return name;
    static const QHash<QString, QString> mixed = [] {
        QHash<QString, QString> names;
        for (const QString &usual : {u"pubDate"_s,
                                     u"lastBuildDate"_s,
                                     u"skipHours"_s,
                                     u"skipDays"_s,
                                     u"managingEditor"_s,
                                     u"webMaster"_s,
                                     u"isPermaLink"_s,
                                     u"textInput"_s,
                                     u"wfw:commentRss"_s,
                                     u"sy:updatePeriod"_s,
                                     u"sy:updateFrequency"_s,
                                     u"sy:updateBase"_s,
                                     u"rdf:RDF"_s,
                                     u"review:maxRating"_s,
                                     u"review:minRating"_s,
                                     u"review:Review"_s,
                                     u"schema:ratingValue"_s,
                                     u"schema:bestRating"_s,
                                     u"schema:worstRating"_s,
                                     u"schema:reviewRating"_s,
                                     u"schema:Rating"_s,
                                     u"schema:Review"_s,
                                     u"ratingValue"_s,
                                     u"bestRating"_s,
                                     u"worstRating"_s,
                                     u"maxRating"_s,
                                     u"minRating"_s,
                                     u"reviewRating"_s,
                                     u"media:starRating"_s})
            names.insert(usual.toLower(), usual);
        return names;
    }();
    const QString lower = name.toLower();
    return mixed.value(lower, lower);
}

} // namespace

FeedNames::Scope::Scope(FeedNames &names, QStringView elementName, const QXmlStreamAttributes &attributes)
    : m_names(names)
    , m_outer(names.m_declared.size())
{
    for (const QXmlStreamAttribute &attribute : attributes) {
        const QString name = attribute.qualifiedName().toString();
        if (name != "xmlns"_L1 && !name.startsWith("xmlns:"_L1))
            continue;
        const QString prefix = name.mid(6);
        names.m_declared.emplace_back(prefix, prefixOf(attribute.value().toString()).value_or(prefix));
    }
    // A feed whose author forgot the namespace, or made one up, is Atom all the same.
    const bool isRoot = m_outer == 0;
    if (isRoot && elementName.compare("feed"_L1, Qt::CaseInsensitive) == 0 && names.meaning({}).isEmpty())
        names.m_declared.emplace_back(QString(), u"atom"_s);
}

FeedNames::Scope::~Scope()
{
    m_names.m_declared.resize(m_outer);
}

QString FeedNames::meaning(const QString &prefix) const
{
    for (auto it = m_declared.rbegin(); it != m_declared.rend(); ++it) {
        if (it->first == prefix)
            return it->second;
    }
    return prefix;
}

QString FeedNames::canonical(const QString &qualifiedName) const
{
    const qsizetype colon = qualifiedName.indexOf(u':');
    const QString ours = meaning(qualifiedName.left(qMax<qsizetype>(colon, 0)));
    const QString local = qualifiedName.mid(colon + 1);
    return inUsualCase(ours.isEmpty() ? local : ours + u':' + local);
}

QString FeedNames::canonicalAttribute(const QString &qualifiedName) const
{
    return qualifiedName.contains(u':') ? canonical(qualifiedName) : inUsualCase(qualifiedName);
}

} // namespace Earshot
