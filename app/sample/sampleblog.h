// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "fakes/fakewordpress.h"
#include "sample/samplechannel.h"
#include "sample/sampleplan.h"

namespace Earshot {

/// The sample workspace's own blog: a stateful WordPress, and what the connector of its comments would read.
class SampleBlog final
{
public:
    /// @param clock outlives it
    explicit SampleBlog(const Clock &clock);

    [[nodiscard]] const std::shared_ptr<FakeWordPress> &network() const { return m_network; }
    [[nodiscard]] SampleChannel comments() const;

    /// Now.
    void publish(SampleArticle &article);
    [[nodiscard]] qint64 newestArticle() const { return m_newestArticle; }
    /// Whoever's line it is writes it.
    void write(const SamplePlan &plan, SampleScript &script, SampleLine &line);
    /// Notes with each line that is written what its channel's connector makes of it.
    void read(SamplePlan &plan);
    /// Where a pull that has read everything stands.
    [[nodiscard]] Position position() const;

private:
    const std::shared_ptr<FakeWordPress> m_network;
    qint64 m_user = 0; ///< we
    qint64 m_newestArticle = 0;
};

} // namespace Earshot
