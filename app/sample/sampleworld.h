// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "fakes/fakesite.h"
#include "sample/sampleblog.h"
#include "sample/samplemastodon.h"
#include "sample/samplesky.h"

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

/// The networks that the sample workspace lives in: stateful fakes, two feeds among them, and what the channels'
/// connectors would read from them. Made on one thread, used on the network thread later; never on two at once.
class SampleWorld
{
public:
    explicit SampleWorld(const Clock &clock);

    /// Lets a plan's people write, and notes with each line what its channel's connector makes of it.
    void fill(SamplePlan &plan);

    [[nodiscard]] SampleChannel channel(SamplePlace place) const;
    /// Where a pull that has read everything stands.
    [[nodiscard]] Position position(SamplePlace place);

    [[nodiscard]] const std::shared_ptr<FakeMastodon> &mastodon() const { return m_mastodon.network(); }
    [[nodiscard]] const std::shared_ptr<FakeWordPress> &blog() const { return m_blog.network(); }
    [[nodiscard]] const std::shared_ptr<FakeSite> &press() const { return m_press; }
    [[nodiscard]] const std::shared_ptr<FakeSite> &reviews() const { return m_reviews; }
    [[nodiscard]] const std::shared_ptr<FakeBluesky> &sky() const { return m_sky.network(); }
    /// Their clocks are set to this one before anything happens there.
    void setTimes();
    [[nodiscard]] Time now() const { return m_clock.now(); }

    // What people do, now. Also from the network thread.
    QString post(const SamplePerson &person, const QString &text, const FakeMastodon::Manner &manner)
    {
        return m_mastodon.post(person, text, manner);
    }
    QString skyPost(const SamplePerson &person, const QString &text, const QString &inReplyTo)
    {
        return m_sky.post(person, text, inReplyTo);
    }
    void review(const SamplePerson &person, const QString &title, const QString &text, int stars);
    [[nodiscard]] qint64 newestArticle() const { return m_blog.newestArticle(); }

private:
    struct Place
    {
        int script = 0;
        int line = 0;
    };
    void write(SamplePlan &plan, const Place &place);
    void readFeed(SamplePlan &plan, SamplePlace place);
    [[nodiscard]] HttpAnswer feed(SamplePlace place) const;

    SampleClock m_clock;
    SampleMastodon m_mastodon;
    SampleBlog m_blog;
    std::shared_ptr<FakeSite> m_press;
    std::shared_ptr<FakeSite> m_reviews;
    SampleSky m_sky;
};

} // namespace Earshot
