// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/exportwriter.h"
#include "workspace/queries.h"

#include <QSet>

#include <optional>

namespace Earshot {

/// What of a list is written to a file.
struct ListExport
{
    ListQuery query;           ///< its place and limit say nothing
    QSet<ConversationId> only; ///< these, also where they are not in it any more; empty = all
    /// CSV has the conversations alone, lines of JSON also the messages, after their conversation.
    ExportWriter::Format format = ExportWriter::Format::csv;
    QString file;
    /// All that this finds instead, the newest hit first; of `query` only who asks and when counts.
    std::optional<SearchQuery> search = std::nullopt;
};

/// Writes it from a workspace's file with a connection of its own, in constant memory but for the ids; what changes
/// meanwhile is written as it is when its turn comes. Blocks: not for the GUI thread. @param goesOn told how large a
/// share is done, 0 as long as it is not known how many there are; false = stop. @return how many conversations were
/// written. Errors: cancelled (no file appears), those of reading and of ExportWriter::toFile
[[nodiscard]] Result<qint64> exportList(const QString &workspace, const ListExport &wish,
                                        const std::function<bool(double)> &goesOn);

} // namespace Earshot
