// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"
#include "model/id.h"
#include "model/secret.h"
#include "networks/http.h"

#include <QHash>

#include <memory>

namespace Earshot {

/// A workspace to look around in, without account or network. Its three parts go into Session::Options as they are
/// named here; the networks live on, and answer, in `http`.
struct Sample
{
    QString path;
    std::unique_ptr<HttpTransport> http;
    QHash<ChannelId, Secret> secrets;
};

/// Makes the file "sample.earshot" in the folder: so many conversations of the year up to now. Blocks, a second or so
/// for 2,000; to be called before anything is shown. The same seed makes the same at the same time.
/// @param clock outlives the sample
/// Errors: those of Workspace::create and open.
[[nodiscard]] Result<Sample> makeSample(const QString &folder, const Clock &clock, quint32 seed = 1,
                                        int conversations = 2000);

} // namespace Earshot
