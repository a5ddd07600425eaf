// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/feedfinder.h"

#include "model/htmltext.h"
#include "networks/feedencoding.h"
#include "networks/feedparser.h"
#include "networks/feedtext.h"
#include "networks/feedthreads.h"
#include "networks/htmltags.h"

#include <QRegularExpression>

#include <algorithm>

namespace Earshot {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype MAX_HTML = 2'000'000;
constexpr qsizetype MAX_FINDINGS = 50;

struct Announced
{
    QString address;
    QString title;
    int preference = 0; ///< of its format: the higher the better
    bool hasComments = false;
    QString sameAs;
};

int preferenceOf(const QString &type)
{
    if (type == "application/atom+xml"_L1)
        return 3;
    if (type == "application/rss+xml"_L1 || type == "application/rdf+xml"_L1)
        return 2;
    return type == "application/feed+json"_L1 || type == "application/json"_L1 ? 1 : 0;
}

bool speaksOfComments(const QString &title, const QString &address)
{
    static const QRegularExpression word(u"comment|kommentar"_s, QRegularExpression::CaseInsensitiveOption);
    return word.match(title).hasMatch() || word.match(QUrl(address).path()).hasMatch();
}

void add(QList<Announced> &all, const QString &type, const QString &href, const QString &title, const QUrl &base)
{
    const int preference = preferenceOf(type.section(u';', 0, 0).trimmed().toLower());
    const QString address = webAddress(href, base);
    const auto isSame = [&address](const Announced &other) { return other.address == address; };
    // WordPress announces its programming interface as JSON; that is no feed.
    const bool isInterface = preference == 1 && address.contains("/wp-json/"_L1);
    if (preference == 0 || address.isEmpty() || isInterface || all.size() >= MAX_FINDINGS ||
        std::any_of(all.cbegin(), all.cend(), isSame))
        return;
    all.append({address, cleanLine(title), preference, speaksOfComments(title, address), {}});
}

void readLinkHeader(QList<Announced> &all, const HttpAnswer &page)
{
    static const QRegularExpression link(u"<([^<>]{1,2000})>([^<]{0,2000})"_s);
    static const QRegularExpression type(u"type\\s*=\\s*\"?([a-z+/]+)"_s, QRegularExpression::CaseInsensitiveOption);
    const QString header = QString::fromUtf8(page.header("link").left(20'000));
    for (auto it = link.globalMatch(header); it.hasNext();) {
        const auto match = it.next();
        if (match.captured(2).contains("alternate"_L1))
            add(all, type.match(match.captured(2)).captured(1), match.captured(1), {}, page.url);
    }
}

void readLinks(QList<Announced> &all, const QString &html, const QUrl &url)
{
    QUrl base = url;
    for (qsizetype at = html.indexOf(u'<'); at >= 0; at = html.indexOf(u'<', skippedTag(html, at))) {
        if (const QString tag = tagAt(html, at, "base"_L1); !tag.isEmpty())
            base = url.resolved(QUrl(attributeOf(tag, "href"_L1)));
        const QString tag = tagAt(html, at, "link"_L1);
        if (tag.isEmpty())
            continue;
        const QStringList relations = attributeOf(tag, "rel"_L1).toLower().simplified().split(u' ');
        if (relations.contains("alternate"_L1) || relations.contains("feed"_L1))
            add(all, attributeOf(tag, "type"_L1), attributeOf(tag, "href"_L1), attributeOf(tag, "title"_L1), base);
    }
}

/// What a title says once its format is left out of it: equal for two formats of the same thing.
QString subjectOf(const Announced &feed)
{
    static const QRegularExpression noise(u"\\b(?:rss|atom|json|rdf|xml|feed|[0-9]+\\.[0-9]+)\\b|[^\\p{L}\\p{N}]+"_s,
                                          QRegularExpression::CaseInsensitiveOption |
                                              QRegularExpression::UseUnicodePropertiesOption);
    return (feed.hasComments ? u"c "_s : u"p "_s) + QString(feed.title).toLower().replace(noise, u" "_s).simplified();
}

QString bestOfSame(const QList<Announced> &all, const Announced &feed)
{
    const Announced *best = &feed;
    for (const Announced &other : all) {
        if (subjectOf(other) == subjectOf(feed) && other.preference > best->preference)
            best = &other;
    }
    return best->address == feed.address ? QString() : best->address;
}

Finding findingOf(const Feed &feed, const HttpAnswer &page)
{
    const auto comments = std::count_if(feed.items.cbegin(), feed.items.cend(), isComment);
    const auto ratings = std::count_if(feed.items.cbegin(), feed.items.cend(),
                                       [](const FeedItem &item) { return item.rating.has_value(); });
    Finding finding;
    finding.address = (page.movedTo.isEmpty() ? page.url : page.movedTo).toString(QUrl::FullyEncoded);
    finding.name = feed.title.isEmpty() ? page.url.host() : feed.title;
    finding.what = u"posts"_s;
    if (comments * 2 > feed.items.size() || (feed.items.isEmpty() && speaksOfComments(feed.title, finding.address)))
        finding.what = u"comments"_s;
    else if (ratings * 2 > feed.items.size())
        finding.what = u"reviews"_s;
    finding.isBest = true;
    return finding;
}

} // namespace

QList<Finding> findFeeds(const HttpAnswer &page)
{
    if (const Result<Feed> feed = parseFeed(page.body, page.header("content-type"), page.url))
        return {findingOf(*feed, page)};

    const QString html = decodeDocument(page.body.left(MAX_HTML), page.header("content-type"));
    QList<Announced> all;
    readLinkHeader(all, page);
    readLinks(all, html, page.url);
    static const QRegularExpression titlePattern(u"<title[^>]*>([^<]{1,500})"_s,
                                                 QRegularExpression::CaseInsensitiveOption);
    const QString pageTitle = cleanLine(decodeEntities(titlePattern.match(html).captured(1)));
    for (Announced &feed : all)
        feed.sameAs = bestOfSame(all, feed);
    std::stable_sort(all.begin(), all.end(), [](const Announced &left, const Announced &right) {
        const auto rank = [](const Announced &feed) {
            return (feed.hasComments ? 2 : 0) + (feed.sameAs.isEmpty() ? 0 : 1);
        };
        return rank(left) < rank(right);
    });
    QList<Finding> findings;
    for (const Announced &feed : std::as_const(all)) {
        Finding finding;
        finding.address = feed.address;
        finding.name = feed.title.isEmpty() ? pageTitle : feed.title;
        if (finding.name.isEmpty())
            finding.name = page.url.host();
        finding.what = feed.hasComments ? u"comments"_s : u"posts"_s;
        finding.sameAs = feed.sameAs;
        finding.isBest = findings.isEmpty();
        findings.append(finding);
    }
    return findings;
}

QList<QUrl> likelyFeedUrls(const QUrl &site)
{
    static const QStringList names = {u"feed/"_s,     u"feed"_s,     u"rss"_s,       u"rss.xml"_s,   u"atom.xml"_s,
                                      u"index.xml"_s, u"feed.xml"_s, u"feed.json"_s, u"feed.atom"_s, u"rss/"_s};
    QUrl start = site.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo);
    if (!start.path().endsWith(u'/'))
        start.setPath(start.path() + u'/');
    QList<QUrl> urls;
    const QUrl top = start.resolved(QUrl(u"/"_s));
    for (const QUrl &folder : {start, top}) {
        for (const QString &name : names) {
            const QUrl url = folder.resolved(QUrl(name));
            if (!urls.contains(url))
                urls.append(url);
        }
    }
    return urls;
}

} // namespace Earshot
