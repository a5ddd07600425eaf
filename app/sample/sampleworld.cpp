// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sample/sampleworld.h"

#include "networks/feedposition.h"
#include "networks/feedthreads.h"

#include <algorithm>

namespace Earshot {

namespace {

/// As many items as a feed shows once the year is read.
constexpr qsizetype feedWindow = 30;

QString starsTitle(int stars, const QString &title)
{
    return QString(stars, QChar(u'★')) + QString(5 - stars, QChar(u'☆')) + u' ' + title;
}

QString paragraph(const QString &text)
{
    return QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped());
}

} // namespace

SampleWorld::SampleWorld(const Clock &clock)
    : m_clock(clock)
    , m_mastodon(m_clock)
    , m_blog(m_clock)
    , m_press(std::make_shared<FakeSite>(QStringLiteral("gadgets.example"), &m_clock))
    , m_reviews(std::make_shared<FakeSite>(QStringLiteral("reviews.example"), &m_clock))
    , m_sky(m_clock)
{
    m_press->setTitle(QStringLiteral("Gadget Corner"));
    m_reviews->setTitle(QStringLiteral("ACME reviews"));
    for (const auto &site : {m_press, m_reviews})
        site->setWindow(10'000);
}

void SampleWorld::setTimes()
{
    m_mastodon.network()->setTime(now());
    m_sky.network()->setTime(now());
}

void SampleWorld::review(const SamplePerson &person, const QString &title, const QString &text, int stars)
{
    m_reviews->addPost(starsTitle(stars, title), paragraph(text), person.name);
}

void SampleWorld::fill(SamplePlan &plan)
{
    std::vector<std::pair<Time, Place>> order;
    for (int i = 0; i < int(plan.scripts.size()); ++i) {
        const SampleScript &script = plan.scripts.at(size_t(i));
        for (int k = 0; script.twinOf < 0 && k < int(script.lines.size()); ++k) {
            if (script.lines.at(size_t(k)).fate == SampleLine::Fate::sent)
                order.push_back({script.lines.at(size_t(k)).at, {i, k}});
        }
    }
    std::stable_sort(order.begin(), order.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    for (SampleArticle &article : plan.articles) {
        m_clock.set(article.at);
        m_blog.publish(article);
    }
    for (const auto &[at, place] : order) {
        m_clock.set(at);
        write(plan, place);
    }
    m_clock.set({});
    setTimes();
    m_mastodon.read(plan);
    m_sky.read(plan);
    m_blog.read(plan);
    readFeed(plan, SamplePlace::press);
    readFeed(plan, SamplePlace::reviews);
    m_mastodon.amend(plan);
    for (const auto &site : {m_press, m_reviews})
        site->setWindow(feedWindow);
}

void SampleWorld::write(SamplePlan &plan, const Place &place)
{
    SampleScript &script = plan.scripts.at(size_t(place.script));
    SampleLine &line = script.lines.at(size_t(place.line));
    switch (script.place) {
    case SamplePlace::mention:
    case SamplePlace::hashtag:
        m_mastodon.write(script, line);
        break;
    case SamplePlace::sky:
        m_sky.write(script, line);
        break;
    case SamplePlace::blog:
        m_blog.write(plan, script, line);
        break;
    case SamplePlace::press:
        line.number = m_press->addPost(script.title, paragraph(line.text), script.customer.name);
        break;
    case SamplePlace::reviews:
        line.number =
            m_reviews->addPost(starsTitle(script.rating, script.title), paragraph(line.text), script.customer.name);
        break;
    }
}

HttpAnswer SampleWorld::feed(SamplePlace place) const
{
    HttpRequest request;
    request.url = QUrl(channel(place).add.address);
    return (place == SamplePlace::press ? m_press : m_reviews)->answer(request);
}

void SampleWorld::readFeed(SamplePlan &plan, SamplePlace place)
{
    const HttpAnswer answer = feed(place);
    const Feed feed = parseFeed(answer.body, answer.header("content-type"), answer.url).value_or(Feed());
    const FeedKnown nothing;
    const FeedThreads threads(feed, nothing, now());
    QHash<QString, RemoteMessage> messages;
    for (const FeedItem &item : feed.items)
        messages.insert(item.id, threads.messageOf(item));
    for (SampleScript &script : plan.scripts) {
        if (script.place != place)
            continue;
        SampleLine &line = script.lines.front();
        line.message =
            messages.value(QStringLiteral("https://%1/?p=%2").arg(answer.url.host(), QString::number(line.number)));
    }
}

Position SampleWorld::position(SamplePlace place)
{
    switch (place) {
    case SamplePlace::mention:
        return m_mastodon.inboxPosition();
    case SamplePlace::hashtag:
        return m_mastodon.tagPosition();
    case SamplePlace::sky:
        return m_sky.position();
    case SamplePlace::blog:
        return m_blog.position();
    case SamplePlace::press:
    case SamplePlace::reviews:
        break;
    }
    FeedMark mark;
    mark.pulledAt = now();
    const HttpAnswer answer = feed(place);
    const Feed feed = parseFeed(answer.body, answer.header("content-type"), answer.url).value_or(Feed());
    for (const FeedItem &item : feed.items)
        mark.known.see(item.id, item.hash, true);
    return {mark.toText(), {}};
}

SampleChannel SampleWorld::channel(SamplePlace place) const
{
    const auto feedOf = [](const QString &address, const QString &name, Purpose purpose) {
        SampleChannel channel = SampleChannel::named(Network::feed, address, name, purpose);
        channel.account = {{}, {}, name, QUrl(address), {}};
        return channel;
    };
    switch (place) {
    case SamplePlace::mention:
        return m_mastodon.account();
    case SamplePlace::hashtag:
        return m_mastodon.hashtag();
    case SamplePlace::sky:
        return m_sky.account();
    case SamplePlace::blog:
        return m_blog.comments();
    case SamplePlace::press:
        return feedOf(QStringLiteral("https://gadgets.example/feed/"), QStringLiteral("Gadget Corner"),
                      Purpose::corporate);
    case SamplePlace::reviews:
        break;
    }
    SampleChannel reviews =
        feedOf(QStringLiteral("https://reviews.example/feed/atom/"), QStringLiteral("ACME reviews"), Purpose::sales);
    reviews.pullEverySeconds = 20;
    return reviews;
}

} // namespace Earshot
