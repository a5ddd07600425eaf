// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "fakes/fakebluesky.h"
#include "sample/samplechannel.h"
#include "sample/sampleplan.h"

#include <QSet>

namespace Earshot {

/// Bluesky as the sample workspace has it: a stateful fake, its account there, and what that one's connector would
/// read.
class SampleSky final
{
public:
    /// @param clock outlives it
    explicit SampleSky(const Clock &clock);

    [[nodiscard]] const std::shared_ptr<FakeBluesky> &network() const { return m_network; }
    [[nodiscard]] SampleChannel account() const;

    /// Somebody writes, now.
    QString post(const SamplePerson &person, const QString &text, const QString &inReplyTo);
    /// Whoever's line it is writes it.
    void write(SampleScript &script, SampleLine &line);
    /// Notes with each line that is written what its channel's connector makes of it.
    void read(SamplePlan &plan);
    /// Where a pull that has read everything stands.
    [[nodiscard]] Position position() const;

private:
    [[nodiscard]] QJsonObject ask(const QString &query) const;

    const Clock &m_clock;
    const std::shared_ptr<FakeBluesky> m_network;
    QSet<QString> m_known; ///< people who have an account
};

} // namespace Earshot
