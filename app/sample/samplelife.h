// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "sample/sampleworld.h"

#include <QObject>
#include <QTimer>

namespace Earshot {

/// Keeps the sample's networks alive: now and then a customer writes, and whoever was answered may thank. Lives on the
/// network thread, with its transport.
class SampleLife final : public QObject
{
    Q_OBJECT

public:
    SampleLife(SampleWorld &world, quint32 seed);

    /// One thing that a customer does now.
    void writeSomething();
    /// Our reply arrived: somebody reads it.
    void onPost(const QString &post);
    /// We answered on Bluesky.
    void onSkyPost(const QString &uri);
    void onComment(qint64 comment);
    /// How long until somebody writes or thanks; tests shorten it.
    void setPace(Duration least, Duration most);

private:
    void scheduleNext();
    [[nodiscard]] Duration someTime();
    [[nodiscard]] SamplePerson somebody();

    SampleWorld &m_world;
    SampleWriter m_writer;
    QTimer m_next;
    Duration m_least = std::chrono::seconds(20);
    Duration m_most = std::chrono::seconds(60);
    int m_serial = 100'000; ///< of new people's handles
};

/// The way to the sample's networks. Every 7th reply meets an overloaded server at first, every 11th arrives but its
/// answer is lost, every 13th is refused at first: a repeat of the same one goes through. Answers come from the event
/// loop of the thread that asks, those to replies after a moment. Made anywhere; used and ended on the network thread.
class SampleTransport final : public HttpTransport
{
public:
    SampleTransport(std::unique_ptr<SampleWorld> world, quint32 seed)
        : m_world(std::move(world))
        , m_seed(seed)
    {
    }

    [[nodiscard]] QFuture<Result<HttpAnswer>> exchange(HttpRequest request) override;
    /// For tests: the state of the networks. Only while no request is under way.
    [[nodiscard]] SampleWorld &world() { return *m_world; }

private:
    [[nodiscard]] Result<HttpAnswer> answerTo(const HttpRequest &request);
    [[nodiscard]] Result<HttpAnswer> answerToReply(FakeNetwork &network, const HttpRequest &request);
    [[nodiscard]] FakeNetwork *networkOf(const QString &host) const;
    void tellLife(const HttpAnswer &answer);

    std::unique_ptr<SampleWorld> m_world;
    quint32 m_seed;
    QSet<QByteArray> m_replies;         ///< bodies of replies that were tried
    std::unique_ptr<SampleLife> m_life; ///< made by the first request, on its thread
};

} // namespace Earshot
