// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "fakes/fakemastodon.h"
#include "sample/samplechannel.h"
#include "sample/sampleplan.h"

#include <QSet>

namespace Earshot {

/// Mastodon as the sample workspace has it: a stateful fake, its account and its hashtag there, and what their
/// connectors would read.
class SampleMastodon final
{
public:
    /// @param clock outlives it
    explicit SampleMastodon(const Clock &clock);

    [[nodiscard]] const std::shared_ptr<FakeMastodon> &network() const { return m_network; }
    [[nodiscard]] SampleChannel account() const;
    [[nodiscard]] SampleChannel hashtag() const;

    /// Somebody writes, now.
    QString post(const SamplePerson &person, const QString &text, const FakeMastodon::Manner &manner);
    /// Whoever's line it is writes it.
    void write(SampleScript &script, SampleLine &line);
    /// Notes with each line that is written what its channel's connector makes of it.
    void read(SamplePlan &plan);
    /// What was changed there after it was read: the first state is the one that arrived.
    void amend(SamplePlan &plan);

    // Where a pull that has read everything stands.
    [[nodiscard]] Position inboxPosition() const;
    [[nodiscard]] Position tagPosition() const;

private:
    [[nodiscard]] QList<QJsonObject> statuses(const QStringList &ids) const;
    [[nodiscard]] QJsonValue ask(const QString &path) const;
    [[nodiscard]] SampleChannel connected(SampleChannel channel) const;

    const Clock &m_clock;
    const std::shared_ptr<FakeMastodon> m_network;
    QSet<QString> m_known; ///< people who have an account
};

} // namespace Earshot
