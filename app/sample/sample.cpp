// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sample/sample.h"

#include "sample/samplehistory.h"
#include "sample/samplelife.h"

namespace Earshot {

Result<Sample> makeSample(const QString &folder, const Clock &clock, quint32 seed, int conversations)
{
    Sample sample;
    sample.path = folder + QStringLiteral("/sample.earshot");
    if (Done done = Workspace::create(sample.path, QStringLiteral("Ana"), clock); !done)
        return tl::unexpected(done.error());
    auto workspace = Workspace::open(sample.path, Workspace::Access::owner, clock);
    if (!workspace)
        return tl::unexpected(workspace.error());
    SamplePlan plan = makeSamplePlan(clock.now(), seed, conversations);
    auto world = std::make_unique<SampleWorld>(clock);
    world->fill(plan);
    SampleHistory history(**workspace, *world, plan);
    if (Done done = history.write(); !done)
        return tl::unexpected(done.error());
    sample.secrets = history.secrets();
    sample.http = std::make_unique<SampleTransport>(std::move(world), seed);
    return sample;
}

} // namespace Earshot
