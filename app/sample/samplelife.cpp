// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sample/samplelife.h"

#include "model/future.h"
#include "networks/blueskyaddress.h"
#include "networks/jsonvalues.h"

#include <QJsonDocument>

namespace Earshot {

namespace {

constexpr int overloadedEvery = 7;
constexpr int lostEvery = 11;
constexpr int refusedEvery = 13;
/// How long a reply is on its way, so that this can be seen.
constexpr Duration moment = std::chrono::milliseconds(400);

bool isReply(const HttpRequest &request)
{
    const QString path = request.url.path();
    return request.method == "POST" && (path.endsWith(QLatin1StringView("/api/v1/statuses")) ||
                                        path.endsWith(QLatin1StringView("/com.atproto.repo.putRecord")) ||
                                        path.endsWith(QLatin1StringView("/wp/v2/comments")));
}

} // namespace

SampleLife::SampleLife(SampleWorld &world, quint32 seed)
    : m_world(world)
    , m_writer(seed + 1)
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, [this] {
        writeSomething();
        scheduleNext();
    });
    scheduleNext();
}

void SampleLife::setPace(Duration least, Duration most)
{
    m_least = least;
    m_most = most;
    scheduleNext();
}

Duration SampleLife::someTime()
{
    return m_least + Duration(m_writer.number(int((m_most - m_least).count())));
}

void SampleLife::scheduleNext()
{
    m_next.start(someTime());
}

SamplePerson SampleLife::somebody()
{
    return m_writer.person(++m_serial);
}

void SampleLife::writeSomething()
{
    const SamplePerson person = somebody();
    const int topic = m_writer.topic();
    const QString text = m_writer.opening(person, topic);
    const int share = m_writer.number(10);
    m_world.setTimes();
    if (share >= 3 && share < 5)
        m_world.skyPost(person, QStringLiteral("@acme.sky.example ") + text, {});
    else if (share < 5)
        m_world.post(person, QStringLiteral("@acme ") + text, {});
    else if (share < 6)
        m_world.post(person, text + QStringLiteral(" #acme"), {});
    else if (share < 8)
        m_world.blog()->visitorComment(m_world.newestArticle(), person.name, text);
    else
        m_world.review(person, m_writer.title(person, topic), text, 1 + m_writer.number(5));
}

void SampleLife::onPost(const QString &post)
{
    const FakeMastodon &mastodon = *m_world.mastodon();
    const QString author = mastodon.authorOf(mastodon.parentOf(post));
    const bool isGerman = mastodon.languageOf(mastodon.parentOf(post)) == QLatin1StringView("de");
    if (author.isEmpty() || !m_writer.chance(70))
        return;
    QTimer::singleShot(someTime(), this, [this, post, author, isGerman] {
        const SamplePerson person{author, author, isGerman};
        FakeMastodon::Manner manner;
        manner.inReplyTo = post;
        manner.visibility = m_world.mastodon()->visibilityOf(post);
        m_world.mastodon()->setTime(m_world.now());
        m_world.post(person, QStringLiteral("@acme ") + m_writer.thanks(person), manner);
    });
}

void SampleLife::onSkyPost(const QString &uri)
{
    const QJsonObject record = m_world.sky()->recordOf(uri);
    const QString asked = textOf(objectOf(objectOf(record, "reply"), "parent"), "uri");
    const QJsonObject question = m_world.sky()->recordOf(asked);
    const QString author = m_world.sky()->handleOf(parseAtUri(asked).repo).section(QLatin1Char('.'), 0, 0);
    if (question.isEmpty() || author == QLatin1StringView("acme") || !m_writer.chance(70))
        return;
    const bool isGerman = listOf(question, "langs").first().toString() == QLatin1StringView("de");
    QTimer::singleShot(someTime(), this, [this, uri, author, isGerman] {
        const SamplePerson person{author, author, isGerman};
        m_world.skyPost(person, m_writer.thanks(person), uri);
    });
}

void SampleLife::onComment(qint64 comment)
{
    const FakeWordPressComment ours = m_world.blog()->comments().value(comment);
    const FakeWordPressComment theirs = m_world.blog()->comments().value(ours.parent);
    if (theirs.id == 0 || !m_writer.chance(70))
        return;
    QTimer::singleShot(someTime(), this, [this, ours, theirs] {
        const bool isGerman = theirs.raw.contains(QLatin1StringView(" ist ")) ||
                              theirs.raw.contains(QLatin1StringView(" der ")) ||
                              theirs.raw.contains(QLatin1StringView(" ich "));
        const SamplePerson person{theirs.name, {}, isGerman};
        m_world.blog()->visitorComment(ours.post, theirs.name, m_writer.thanks(person), ours.id);
    });
}

FakeNetwork *SampleTransport::networkOf(const QString &host) const
{
    FakeNetwork *const all[] = {m_world->mastodon().get(), m_world->blog().get(), m_world->press().get(),
                                m_world->reviews().get(), m_world->sky().get()};
    for (FakeNetwork *network : all) {
        if (network->hosts().contains(host))
            return network;
    }
    return nullptr;
}

QFuture<Result<HttpAnswer>> SampleTransport::exchange(HttpRequest request)
{
    if (!m_life)
        m_life = std::make_unique<SampleLife>(*m_world, m_seed);
    auto pending = Pending<HttpAnswer>::create();
    QFuture<Result<HttpAnswer>> future = pending->future();
    const Duration delay = isReply(request) ? moment : Duration(0);
    // Ends as cancelled when the transport, and its life with it, goes first.
    QTimer::singleShot(delay, m_life.get(),
                       [this, pending, request = std::move(request)] { pending->end(answerTo(request)); });
    return future;
}

Result<HttpAnswer> SampleTransport::answerTo(const HttpRequest &request)
{
    FakeNetwork *network = networkOf(request.url.host());
    if (!network)
        return fail(ErrorKind::transient, QStringLiteral("the sample has no %1").arg(request.url.host()));
    m_world->setTimes();
    return isReply(request) ? answerToReply(*network, request) : network->answer(request);
}

Result<HttpAnswer> SampleTransport::answerToReply(FakeNetwork &network, const HttpRequest &request)
{
    const bool isFirst = !m_replies.contains(request.body);
    m_replies.insert(request.body);
    const auto number = int(m_replies.size());
    if (isFirst && (number % overloadedEvery == 0 || number % refusedEvery == 0)) {
        HttpAnswer answer;
        answer.status = number % overloadedEvery == 0 ? 429 : 422;
        answer.url = request.url;
        answer.body = R"({"error":"not now","code":"not_now"})";
        return answer;
    }
    HttpAnswer answer = network.answer(request);
    if (answer.status >= 200 && answer.status < 300)
        tellLife(answer);
    if (isFirst && number % lostEvery == 0)
        return fail(ErrorKind::unsure, QStringLiteral("the connection closed before the answer"));
    return answer;
}

void SampleTransport::tellLife(const HttpAnswer &answer)
{
    const QJsonObject body = QJsonDocument::fromJson(answer.body).object();
    const QJsonValue id = body.value(QLatin1StringView("id"));
    if (body.contains(QLatin1StringView("uri")) && body.contains(QLatin1StringView("cid")))
        m_life->onSkyPost(textOf(body, "uri"));
    else if (id.isString())
        m_life->onPost(id.toString());
    else
        m_life->onComment(id.toInteger());
}

} // namespace Earshot
