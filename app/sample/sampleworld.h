// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "fakes/fakebluesky.h"
#include "fakes/fakemastodon.h"
#include "fakes/fakesite.h"
#include "fakes/fakewordpress.h"
#include "model/action.h"
#include "model/secret.h"
#include "networks/connector.h"
#include "sample/sampleplan.h"

#include <QSet>

namespace Earshot {

/// The time at the sample's networks: the past while their year is written, then the program's own.
class SampleClock final : public Clock
{
public:
    explicit SampleClock(const Clock &real)
        : m_real(real)
    {
    }
    /// Stands still there; not known = runs with the real one.
    void set(Time time) { m_time = time; }
    [[nodiscard]] Time now() const override { return isKnown(m_time) ? m_time : m_real.now(); }

private:
    const Clock &m_real;
    Time m_time;
};

/// What a channel of the sample is connected as.
struct SampleChannel
{
    Act::AddChannel add;
    Account account;
    Secret secret;
    int pullEverySeconds = 60;
};

/// The networks that the sample workspace lives in: stateful fakes, and what the channels' connectors would read from
/// them. Made on one thread, used on the network thread later; never on two at once.
class SampleWorld
{
public:
    explicit SampleWorld(const Clock &clock);

    /// Lets a plan's people write, and notes with each line what its channel's connector makes of it.
    void fill(SamplePlan &plan);

    [[nodiscard]] SampleChannel channel(SamplePlace place) const;
    /// Where a pull that has read everything stands.
    [[nodiscard]] Position position(SamplePlace place);

    [[nodiscard]] const std::shared_ptr<FakeMastodon> &mastodon() const { return m_mastodon; }
    [[nodiscard]] const std::shared_ptr<FakeWordPress> &blog() const { return m_blog; }
    [[nodiscard]] const std::shared_ptr<FakeSite> &press() const { return m_press; }
    [[nodiscard]] const std::shared_ptr<FakeSite> &reviews() const { return m_reviews; }
    [[nodiscard]] const std::shared_ptr<FakeBluesky> &sky() const { return m_sky; }
    /// Their clocks are set to this one before anything happens there.
    void setTimes();
    [[nodiscard]] Time now() const { return m_clock.now(); }

    // What people do, now. Also from the network thread.
    QString post(const SamplePerson &person, const QString &text, const FakeMastodon::Manner &manner);
    QString skyPost(const SamplePerson &person, const QString &text, const QString &inReplyTo);
    void review(const SamplePerson &person, const QString &title, const QString &text, int stars);
    [[nodiscard]] qint64 newestArticle() const { return m_newestArticle; }

private:
    struct Place
    {
        int script = 0;
        int line = 0;
    };
    void write(SamplePlan &plan, const Place &place);
    void writePost(SampleScript &script, SampleLine &line);
    void writeSkyPost(SampleScript &script, SampleLine &line);
    void writeComment(const SamplePlan &plan, SampleScript &script, SampleLine &line);
    void readPosts(SamplePlan &plan);
    void readSky(SamplePlan &plan);
    void readComments(SamplePlan &plan);
    void readFeed(SamplePlan &plan, SamplePlace place);
    void amend(SamplePlan &plan);
    [[nodiscard]] QList<QJsonObject> statuses(const QStringList &ids) const;
    [[nodiscard]] QJsonValue ask(const QString &path) const;
    [[nodiscard]] Position inboxPosition() const;
    [[nodiscard]] Position tagPosition() const;
    [[nodiscard]] Position skyPosition() const;
    [[nodiscard]] QJsonObject askSky(const QString &query) const;
    [[nodiscard]] HttpAnswer feed(SamplePlace place) const;

    SampleClock m_clock;
    std::shared_ptr<FakeMastodon> m_mastodon;
    std::shared_ptr<FakeWordPress> m_blog;
    std::shared_ptr<FakeSite> m_press;
    std::shared_ptr<FakeSite> m_reviews;
    std::shared_ptr<FakeBluesky> m_sky;
    QSet<QString> m_known;    ///< people who have an account
    QSet<QString> m_skyKnown; ///< those who have one there
    qint64 m_user = 0;        ///< we, on the blog
    qint64 m_newestArticle = 0;
};

} // namespace Earshot
